namespace Fal.Emulation.Tests.Storage;

/// <summary>Files arrive whole although something breaks on their way, in either direction.</summary>
public sealed class TransferFaultTests
{
    private const int MiB = 1024 * 1024;

    private static readonly Dictionary<string, Func<FalFault>> Faults = new()
    {
        ["reset"] = () => FalFault.Reset(),
        ["reset while reading"] = FalFault.ResetWhileReading,
        ["reset after headers"] = FalFault.ResetAfterHeaders,
        ["cut body"] = () => FalFault.CutBody(),
        ["503"] = () => FalFault.Error(503),
        ["proxy page"] = () => FalFault.IngressPage(),
    };

    private static async Task AssertUploadsAsync(int length, FalOperation operation, string fault)
    {
        await using var fixture = await EmulatorFixture.StartAsync(
            client: options => options.Uploads = new() { PartSize = 5 * MiB, MultipartAbove = 8 * MiB });
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var planned = fixture.Fal.Faults.Add(operation, Faults[fault]());
        var url = await fixture.Client.Files.UploadAsync(FalMedia.FromBytes(bytes, "video/mp4", "a.mp4"));
        Assert.Equal(1, planned.Struck);
        Assert.True(fixture.Fal.Files.Find(url.AbsoluteUri)!.Content.Span.SequenceEqual(bytes));
        Assert.DoesNotContain(fixture.Fal.Received.All, request => request.ShowedKey);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("reset while reading")]
    [InlineData("503")]
    [InlineData("proxy page")]
    public Task A_whole_file_is_put_again(string fault) => AssertUploadsAsync(300_000, FalOperation.Upload, fault);

    [Theory]
    [InlineData("reset")]
    [InlineData("reset while reading")]
    [InlineData("cut body")]
    [InlineData("503")]
    public Task A_part_is_put_again(string fault) => AssertUploadsAsync(9 * MiB, FalOperation.UploadPart, fault);

    [Theory]
    [InlineData("reset")]
    [InlineData("503")]
    public Task An_announcement_is_made_again(string fault) => AssertUploadsAsync(1000, FalOperation.UploadInitiate, fault);

    [Theory]
    [InlineData("reset")]
    [InlineData("503")]
    public Task Parts_are_put_together_at_a_second_try(string fault) => AssertUploadsAsync(9 * MiB, FalOperation.UploadComplete, fault);

    [Theory]
    [InlineData("reset")]
    [InlineData("reset after headers")]
    [InlineData("cut body")]
    [InlineData("503")]
    public async Task A_download_goes_on_where_it_broke_off(string fault)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var bytes = new byte[500_000];
        new Random(1).NextBytes(bytes);
        var file = fixture.Fal.Files.Add("a.bin", bytes);
        var planned = fixture.Fal.Faults.Add(FalOperation.Download, Faults[fault]());
        await using var stream = await fixture.Client.Files.OpenAsync(new FalFile { Url = file.Url.AbsoluteUri });
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        Assert.Equal(1, planned.Struck);
        Assert.True(copy.ToArray().AsSpan().SequenceEqual(bytes));
        Assert.Equal(2, fixture.Fal.Received.CountOf(FalOperation.Download));
    }
}
