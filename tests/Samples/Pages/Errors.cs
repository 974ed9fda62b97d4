using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal sealed class Errors(FalClient fal)
{
    public async Task<I2VOutput?> RunAsync(ProImageToVideoRequest request)
    {
        try
        {
            return await fal.KlingVideo().V1_6.Pro.ImageToVideo.RunAsync(request);
        }
        catch (FalInvalidRequestException ex)                  // refused here, or by fal, in the same shape
        {
            foreach (var problem in ex.Problems) Console.WriteLine($"{problem.Property}: {problem.Message}");
        }
        catch (FalOutcomeUnknownException ex)                  // a job may be running: never send the request again blindly
        {
            Console.WriteLine(ex.Token is { } token ? $"Resume {token}" : "Look at the account's recent requests.");
        }
        catch (FalException ex) when (ex.IsTransient == true)
        {
            Console.WriteLine("The same call may work later.");
        }
        return null;
    }

    public void Check(ProImageToVideoRequest request)
    {
        foreach (var problem in fal.KlingVideo().V1_6.Pro.ImageToVideo.Check(request)) Console.WriteLine(problem.Message);
    }
}
