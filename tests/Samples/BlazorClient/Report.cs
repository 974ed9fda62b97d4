using Fal;

namespace Samples.BlazorClient;

/// <summary>What the page tells the test.</summary>
internal sealed record Report
{
    public string? Url { get; init; }

    public string? RequestId { get; init; }

    public string[]? States { get; init; }

    public string? Error { get; init; }
}

/// <summary>The client of a test, whose storage is on this machine and whose uploads have several parts.</summary>
internal static class Emulated
{
    public static FalClient Client(string address) => new(new FalClientOptions
    {
        ProxyAddress = new Uri(new Uri(address), "api/fal/proxy"),
        AllowHttpOnLoopback = true,
        Uploads = new FalUploadSettings { MultipartAbove = 6 * 1024 * 1024, PartSize = 5 * 1024 * 1024 },
    });
}
