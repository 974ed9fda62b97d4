using System.Diagnostics;
using Fal;

namespace KlingGen.Benchmarks;

/// <summary>1 GiB up and down over loopback, beside a bare PUT and a bare GET.</summary>
internal static class TransferRow
{
    private static readonly string[] Kinds = ["upload", "multipart", "download"];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        var file = Path.GetTempFileName();
        try
        {
            await using (var stream = File.OpenWrite(file)) stream.SetLength(StubServer.FileBytes);
            await using var server = await LoopbackServer.StartAsync();
            string[] sides = [.. Kinds, "put", "get"];
            var samples = await sitting.AlternateAsync(
                5, [.. sides.Select(side => (Func<Task<double[]>>)(() => Child.RunAsync("transfer", side, server.Http, file)))]);
            return [.. Kinds.SelectMany((kind, i) => Of(kind, samples[i], kind == "download" ? samples[4] : samples[3]))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<Figure> Of(string kind, Sample[] ours, Sample[] bare)
    {
        var peer = kind == "download" ? "a bare GET" : "a bare PUT";
        yield return Figure.Beside($"{kind} of 1 GiB", "MiB/s", (ours[0], bare[0]), peer, ">= 0.9x");
        yield return Figure.Beside("the same: peak memory above the start", "MiB", (ours[1], bare[1]), peer, "<= 32 MiB")
            with
        { IsDifference = true };
    }

    /// <summary>The child process: MiB per second, and by how many MiB the peak of memory lies above that before.</summary>
    public static async Task<double[]> RunAsync(string[] args)
    {
        var (side, root, file) = (args[0], args[1], args[2]);
        using var fal = new FalClient(new FalClientOptions
        {
            Key = "benchmark-id:benchmark-secret",
            RestAddress = new Uri(root),
            AllowHttpOnLoopback = true,
            Uploads = new FalUploadSettings { MultipartAbove = side == "multipart" ? 90L << 20 : 5L << 30 },
        });
        using var http = new HttpClient();
        // The code is compiled and the connection made before the clock starts.
        await fal.Files.UploadAsync(FalMedia.FromBytes(new byte[1000], contentType: "video/mp4"));
        using (await http.GetAsync(new Uri(root + "/peak"))) { }
        GC.Collect();
        var before = Environment.WorkingSet;
        var clock = Stopwatch.StartNew();
        switch (side)
        {
            case "upload" or "multipart":
                await fal.Files.UploadAsync(FalMedia.FromFile(file), new FalUploadOptions { ContentType = "video/mp4" });
                break;
            case "download":
                await using (var stream = await fal.Files.OpenAsync(root + "/file")) await stream.CopyToAsync(Stream.Null);
                break;
            case "put":
                await using (var stream = File.OpenRead(file))
                {
                    using var content = new StreamContent(stream);
                    using var response = await http.PutAsync(new Uri(root + "/put"), content);
                    response.EnsureSuccessStatusCode();
                }
                break;
            default:
                await using (var stream = await http.GetStreamAsync(new Uri(root + "/file"))) await stream.CopyToAsync(Stream.Null);
                break;
        }
        return [StubServer.FileBytes / 1048576.0 / clock.Elapsed.TotalSeconds, Math.Max(0, Child.PeakMiB() - (before / 1048576.0))];
    }
}
