using Fal;
using Fal.KlingVideo;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFal();
builder.Services.AddFalClients().AddSingleton<Clips>();
builder.Services.AddHealthChecks().AddFal();
var app = builder.Build();
app.MapHealthChecks("/health");
app.MapPost("/clips", async (string prompt, Clips clips, CancellationToken stop) =>
{
    try
    {
        return Results.Text(await clips.MakeAsync(prompt, stop));
    }
    catch (FalInvalidRequestException ex)
    {
        return Results.ValidationProblem(ex.Problems.GroupBy(p => p.Path).ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray()));
    }
    catch (FalRateLimitException)
    {
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }
});
app.Run();

public class Clips(KlingVideoV26ProTextToVideoClient client)
{
    public async Task<string> MakeAsync(string prompt, CancellationToken stop)
        => (await client.RunAsync(new() { Prompt = prompt }, cancellationToken: stop)).Video.Url;
}
