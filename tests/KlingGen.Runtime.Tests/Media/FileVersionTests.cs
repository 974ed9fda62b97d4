using System.Text;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Media;

/// <summary>A resumed download never joins two versions of a file, and a file can be held to the size that its result names.</summary>
public sealed class FileVersionTests : CanaryTest
{
    private const string Content = "0123456789abcdefghij";
    private const string Date = "Date: Wed, 02 Jan 2030 00:00:00 GMT";
    private static readonly FalFile File_ = new() { Url = "https://v3.fal.media/files/cat/out.mp4" };

    [Theory]
    [InlineData("ETag: \"v1\"", "ETag: \"v2\"")]
    [InlineData("ETag: \"v1\"", "ETag: W/\"v1\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT", "Last-Modified: Tue, 01 Jan 2030 00:00:01 GMT")]
    public async Task A_part_of_another_version_is_refused(string first, string second)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(5, first, Date)).Then(Rest(5, second));
        var error = await Assert.ThrowsAsync<FalFileException>(() => ReadAsync(fal));
        Assert.Contains("another version", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task SaveAsync_starts_over_with_the_new_version()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(5, "ETag: \"v1\"")).Then(Rest(5, "ETag: \"v2\"")).Then(Replies.Bytes("new"u8.ToArray(), "video/mp4"));
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".mp4");
        try
        {
            await fal.Client.Files.SaveAsync(File_, path);
            Assert.Equal("new", await File.ReadAllTextAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("ETag: \"v1\"", "X-Other: 1")]
    [InlineData("ETag: \"v1\"", "ETag: \"v1\"")]
    public async Task A_part_that_says_the_same_or_nothing_is_joined(string first, string second)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(5, first)).Then(Rest(5, second));
        Assert.Equal(Content, await ReadAsync(fal));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(19, false)]
    public async Task RequireFileSize_holds_the_file_to_its_result(long size, bool isRight)
    {
        var file = File_ with { FileSize = size };
        var data = new FalFile { Url = "data:;base64," + Convert.ToBase64String(Encoding.ASCII.GetBytes(Content)), FileSize = size };
        var strict = new FalDownloadOptions { RequireFileSize = true };
        using var fal = new TestFal(Canary);
        // With a length that is announced, without one, and inside the result.
        fal.Handler.Then(Replies.Bytes(Encoding.ASCII.GetBytes(Content), "video/mp4"))
            .Then(Replies.Body("video/mp4", 200, null, [], Replies.Send(Content)))
            .Then(Replies.Bytes(Encoding.ASCII.GetBytes(Content), "video/mp4"));
        foreach (var call in new[] { () => ReadAsync(fal, file, strict), () => ReadAsync(fal, file, strict), () => ReadAsync(fal, data, strict) })
        {
            if (isRight) Assert.Equal(Content, await call());
            else Assert.Contains("FileSize", (await Assert.ThrowsAsync<FalFileException>(call)).Message, StringComparison.Ordinal);
        }
        Assert.Equal(Content, await ReadAsync(fal, file, new FalDownloadOptions()));
    }

    [Theory]
    [InlineData("http://[")]
    [InlineData("https://")]
    [InlineData("https://a b/")]
    public async Task A_location_that_is_no_URL_is_a_file_error(string location)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Empty(302, "Location: " + location));
        var error = await Assert.ThrowsAnyAsync<FalException>(() => ReadAsync(fal));
        Assert.True(error is FalFileException or FalProtocolException);
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("text/plain; charset=no-such-charset")]
    [InlineData("text/plain; charset=\"\"")]
    public async Task An_upload_refusal_with_an_unknown_charset_is_a_file_error(string contentType)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"upload_url":"https://storage.example/put/1","file_url":"https://v3.fal.media/files/1.png","\ud800":1}""")
            .Then(Replies.Bytes("no <Code>AccessDenied</Code>"u8.ToArray(), contentType, 403));
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        Assert.Equal((403, true), (error.StatusCode, error.IsTransient));
        Assert.Contains("AccessDenied", error.ResponseBody, StringComparison.Ordinal);
    }

    private static Answer Rest(int from, params string[] headers)
    {
        var range = $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}";
        return Replies.Bytes(Encoding.ASCII.GetBytes(Content[from..]), "video/mp4", 206, [range, .. headers]);
    }

    private static Answer CutAfter(int count, params string[] headers)
        => Replies.Body("video/mp4", 200, Content.Length, headers, Replies.Send(Content[..count]), Replies.Cut());

    private static async Task<string> ReadAsync(TestFal fal, FalFile? file = null, FalDownloadOptions? options = null)
    {
        await using var stream = await fal.Client.Files.OpenAsync(file ?? File_, options);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }
}
