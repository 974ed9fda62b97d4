using System.Text;
using Fal.Media;
using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Media;

/// <summary>Saving files: whole under their name, or no trace of them.</summary>
public sealed class SaveTests : CanaryTest, IDisposable
{
    private const string Content = "0123456789abcdefghij";
    private readonly string _folder = Directory.CreateTempSubdirectory("klinggen-save").FullName;

    private static FalFile File_(string? name = null, string url = "https://v3.fal.media/files/cat/out.mp4") => new() { Url = url, FileName = name };

    private static Answer Whole() => Replies.Bytes(Encoding.ASCII.GetBytes(Content), "video/mp4");

    private string[] Files => [.. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_folder, path))
        .Order(StringComparer.Ordinal)];

    void IDisposable.Dispose()
    {
        Directory.Delete(_folder, true);
        base.Dispose();
    }

    [Fact]
    public async Task A_file_is_saved_whole_under_the_path_given()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        var reports = new Reports<FalDownloadProgress>();
        var path = Path.Combine(_folder, "new", "car.mp4");
        Assert.Equal(path, await fal.Client.Files.SaveAsync(File_("../../evil.sh"), path, progress: reports));
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
        Assert.Equal(["new", Path.Combine("new", "car.mp4")], Files);
        Assert.Equal([new FalDownloadProgress(0, 20), new FalDownloadProgress(20, 20)], reports.All);
        Assert.Equal([0.0, 1.0], reports.All.Select(report => report.Fraction));
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task SaveAsync_takes_the_URL_of_a_file()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        var saved = await fal.Client.Files.SaveAsync("https://v3.fal.media/files/cat/out.mp4", _folder);
        Assert.Equal(Path.Combine(_folder, "out.mp4"), saved);
        Assert.Equal(Content, await File.ReadAllTextAsync(saved));
        Assert.Equal("GET https://v3.fal.media/files/cat/out.mp4", fal.Handler.Request.ToString());
        Assert.Null(fal.Handler.Request["Authorization"]);
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("clip.mp4", "clip.mp4")]
    [InlineData("../../../tmp/clip.mp4", "clip.mp4")]
    [InlineData("..\\..\\clip.mp4", "clip.mp4")]
    [InlineData("/etc/cron.d/clip", "clip.mp4")]
    [InlineData("..", "out.mp4")]
    [InlineData("NUL", "_NUL.mp4")]
    [InlineData(null, "out.mp4")]
    public async Task A_folder_takes_the_file_under_a_safe_name(string? name, string expected)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole()).Then(Whole());
        Assert.Equal(Path.Combine(_folder, expected), await fal.Client.Files.SaveAsync(File_(name), _folder));
        Assert.Equal([expected], Files);
        var numbered = Path.GetFileNameWithoutExtension(expected) + " (2)" + Path.GetExtension(expected);
        Assert.Equal(Path.Combine(_folder, numbered), await fal.Client.Files.SaveAsync(File_(name), _folder));
    }

    [Fact]
    public async Task A_path_that_ends_with_a_separator_is_a_folder()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        var saved = await fal.Client.Files.SaveAsync(File_(), Path.Combine(_folder, "a", "b") + Path.DirectorySeparatorChar);
        Assert.Equal(Path.Combine(_folder, "a", "b", "out.mp4"), saved);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_where_that_is_allowed()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        var path = Path.Combine(_folder, "car.mp4");
        await File.WriteAllTextAsync(path, "precious");
        var error = await Assert.ThrowsAsync<IOException>(() => fal.Client.Files.SaveAsync(File_(), path, new() { Overwrite = false }));
        Assert.Contains("Overwrite", error.Message, StringComparison.Ordinal);
        Assert.Empty(fal.Handler.Requests);
        await fal.Client.Files.SaveAsync(File_(), path);
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_file_that_appears_meanwhile_is_not_replaced_either()
    {
        using var fal = new TestFal(Canary);
        var gate = new Gate();
        fal.Handler.Then(Replies.Body("video/mp4", 200, 2, [], Replies.Send("a"), gate.Step, Replies.Send("b")));
        var path = Path.Combine(_folder, "car.mp4");
        var saving = fal.Client.Files.SaveAsync(File_(), path, new() { Overwrite = false });
        await gate.ReachedAsync();
        await File.WriteAllTextAsync(path, "precious");
        gate.Open();
        await Assert.ThrowsAsync<IOException>(() => saving);
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
        Assert.Equal(["car.mp4"], Files);
    }

    [Fact]
    public async Task A_download_that_fails_leaves_what_was_there()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, 50, ["ETag: \"v1\""], Replies.Send("abc"), Replies.Cut())).Then(Replies.Empty(404));
        var path = Path.Combine(_folder, "car.mp4");
        await File.WriteAllTextAsync(path, "precious");
        await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.SaveAsync(File_(), path));
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
        Assert.Equal(["car.mp4"], Files);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        fal.Handler.Then(Replies.Body("video/mp4", 200, 50, ["ETag: \"v1\""], Replies.Send("abc"), gate.Step));
        var saving = fal.Client.Files.SaveAsync(File_(), Path.Combine(_folder, "car.mp4"), cancellationToken: cancel.Token);
        await gate.ReachedAsync();
        Assert.Single(Files);
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving)).CancellationToken);
        Assert.Empty(Files);
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Fact]
    public async Task A_break_is_gone_on_with_where_the_server_can()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, 20, ["ETag: \"v1\""], Replies.Send(Content[..7]), Replies.Cut()))
            .Then(Replies.Bytes(Encoding.ASCII.GetBytes(Content[7..]), "video/mp4", 206, "Content-Range: bytes 7-19/20"));
        var path = await fal.Client.Files.SaveAsync(File_(), _folder);
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Where_it_cannot_the_file_is_fetched_from_its_beginning()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, 20, [], Replies.Send("THE OLD ONE"), Replies.Cut())).Then(Whole());
        var reports = new Reports<FalDownloadProgress>();
        var path = await fal.Client.Files.SaveAsync(File_(), _folder, progress: reports);
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
        Assert.Equal([0L, 11, 0, 20], reports.All.Select(report => report.ReceivedBytes));
        Assert.Equal(["out.mp4"], Files);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task But_not_for_ever()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "", Replies.Body("video/mp4", 200, 20, [], Replies.Send("abc"), Replies.Cut()));
        await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.SaveAsync(File_(), _folder));
        Assert.Equal(3, fal.Handler.Requests.Count);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Without_an_announced_length_the_end_is_the_end()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, null, [], Replies.Send("abc")));
        var reports = new Reports<FalDownloadProgress>();
        await fal.Client.Files.SaveAsync(File_(), _folder, progress: reports);
        Assert.Equal([new FalDownloadProgress(0, null), new(3, null), new(3, 3)], reports.All);
        Assert.Null(reports.All[1].Fraction);
        Assert.Equal(1, new FalDownloadProgress(0, 0).Fraction);
    }

    [Theory]
    [InlineData("car.mp4")]
    [InlineData("")]
    public async Task SaveAsync_flushes_the_whole_file_to_disk_before_the_rename(string name)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        var atFlush = new List<(long Length, string[] Files)>();

        FileStream Create(string path) => new Flushed(path, length => atFlush.Add((length, Files)));

        var saved = await FileSaver.SaveAsync(fal.Transport, File_(), Path.Combine(_folder, name), null, null, Create, default);

        Assert.Equal(Content, await File.ReadAllTextAsync(saved));
        var (length, files) = Assert.Single(atFlush);
        Assert.Equal(Content.Length, length);
        Assert.EndsWith(".part", Assert.Single(files), StringComparison.Ordinal);
        Assert.Equal([Path.GetFileName(saved)], Files);
    }

    [Fact]
    public async Task A_data_uri_is_saved_without_the_network()
    {
        var saved = await new FalFile { Url = "data:image/png;base64," + Convert.ToBase64String(SampleFiles.Png()), ContentType = "image/png" }
            .SaveAsync(_folder);
        Assert.Equal(Path.Combine(_folder, "file.png"), saved);
        Assert.Equal(SampleFiles.Png(), await File.ReadAllBytesAsync(saved));
    }

    [Fact]
    public async Task Arguments_are_checked()
    {
        using var fal = new TestFal(Canary);
        await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Files.SaveAsync(File_(), ""));
        await Assert.ThrowsAsync<ArgumentNullException>(() => fal.Client.Files.SaveAsync((FalFile)null!, "x"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => fal.Client.Files.SaveAsync((string)null!, "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Files.SaveAsync("", "x"));
        Assert.Empty(fal.Handler.Requests);
    }

    /// <summary>A file that reports each flush to the disk, with its length at that moment.</summary>
    private sealed class Flushed(string path, Action<long> report)
        : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous)
    {
        public override void Flush(bool flushToDisk)
        {
            base.Flush(flushToDisk);
            if (flushToDisk) report(Length);
        }
    }
}
