using Fal;
using Fal.KlingVideo;

namespace KlingGen.Samples;

internal static class Clients
{
    public static FalClient[] TwoAccounts(string ours, string theirs)
    {
        var first = new FalClient(ours);
        var second = new FalClient(new FalClientOptions { Key = theirs, Deadline = TimeSpan.FromMinutes(30) });
        return [first, second];
    }

    public static FalClient OverYourHandler() => new(new FalClientOptions
    {
        HttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 8 },
    });

    public static FalClient Patient() => new(new FalClientOptions
    {
        Retry = new FalRetryOptions { MaxRetries = 8 },
        Polling = FalPolling.Every(TimeSpan.FromSeconds(10)),
        MaxResultBytes = 512 * 1024 * 1024,
    });
}
