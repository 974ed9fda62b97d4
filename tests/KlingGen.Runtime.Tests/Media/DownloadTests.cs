using System.Text;
using Fal.Tests.Harness;
using Fal.Tests.Transport;
using Fal.Wire;

namespace Fal.Tests.Media;

/// <summary>Reading files from the web: whole or not at all, and never with the key.</summary>
public sealed class DownloadTests : CanaryTest
{
    private const string Url = "https://v3.fal.media/files/cat/out.mp4";
    private const string Content = "0123456789abcdefghij";
    private static readonly FalFile File = new() { Url = Url };

    private static Answer Whole(params string[] headers) => Replies.Bytes(Encoding.ASCII.GetBytes(Content), "video/mp4", 200, headers);

    private static Answer Rest(int from, params string[] headers)
        => Replies.Bytes(
            Encoding.ASCII.GetBytes(Content[from..]),
            "video/mp4",
            206,
            [$"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", .. headers]);

    private static Answer CutAfter(int count, params string[] headers)
        => Replies.Body("video/mp4", 200, Content.Length, headers, Replies.Send(Content[..count]), Replies.Cut());

    private static async Task<string> ReadAsync(Stream stream, CancellationToken ct = default)
    {
        await using (stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, false, 7);
            return await reader.ReadToEndAsync(ct);
        }
    }

    [Fact]
    public async Task A_file_is_read_without_the_key()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        await using var stream = await fal.Client.Files.OpenAsync(File);
        Assert.True(stream is { CanRead: true, CanSeek: false, CanWrite: false, Length: 20, Position: 0 });
        Assert.Equal(Content, await ReadAsync(stream));
        Assert.Equal(20, stream.Position);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        var request = fal.Handler.Request;
        Assert.Equal("GET " + Url, request.ToString());
        Assert.Null(request["Authorization"]);
        Assert.Null(request["Cookie"]);
        Assert.Null(request["Range"]);
        Assert.Equal("identity", request["Accept-Encoding"]);
        Assert.DoesNotContain(request.Headers, header => header.Key.StartsWith("X-Fal", StringComparison.OrdinalIgnoreCase));
        fal.Handler.AssertAllDisposed();
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Fact]
    public async Task A_download_stream_only_reads()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, null, [], Replies.Send("ab")));
        using var stream = await fal.Client.Files.OpenAsync(File);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(0));
        Assert.Throws<NotSupportedException>(() => stream.Write([1], 0, 1));
        stream.Flush();
        var buffer = new byte[4];
        Assert.Equal(2, stream.Read(buffer, 1, 3));
        Assert.Equal("ab", Encoding.ASCII.GetString(buffer, 1, 2));
#pragma warning disable CA1835 // The old overload is what is tried here.
        Assert.Equal(0, await stream.ReadAsync(buffer, 0, 4, default));
#pragma warning restore CA1835
    }

    [Theory]
    [InlineData("ETag: \"v1\"", "\"v1\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT", "Tue, 01 Jan 2030 00:00:00 GMT")]
    public async Task A_connection_that_breaks_is_gone_on_with(string mark, string ifRange)
    {
        using var fal = new TestFal(Canary);
        string[] headers = [mark, "Date: Wed, 02 Jan 2030 00:00:00 GMT"];
        fal.Handler.Then(CutAfter(5, headers)).Then(Rest(5, headers));
        Assert.Equal(Content, await ReadAsync(await fal.Client.Files.OpenAsync(File)));
        Assert.Equal("bytes=5-", fal.Handler.Requests[1]["Range"]);
        Assert.Equal(ifRange, fal.Handler.Requests[1]["If-Range"]);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task An_end_before_the_announced_length_is_a_break()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, Content.Length, ["ETag: \"v1\""], Replies.Send(Content[..12]))).Then(Rest(12));
        Assert.Equal(Content, await ReadAsync(await fal.Client.Files.OpenAsync(File)));
    }

    [Fact]
    public async Task A_break_before_the_first_byte_starts_again()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(0)).Then(Whole());
        Assert.Equal(Content, await ReadAsync(await fal.Client.Files.OpenAsync(File)));
        Assert.Null(fal.Handler.Requests[1]["Range"]);
    }

    [Fact]
    public async Task Silence_is_a_break()
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var gate = new Gate();
        fal.Handler.Then(Replies.Body("video/mp4", 200, Content.Length, ["ETag: \"v1\""], Replies.Send(Content[..5]), gate.Step, Replies.Stall()))
            .Then(Rest(5));
        var reading = ReadAsync(await fal.Client.Files.OpenAsync(File, new() { StallTimeout = TimeSpan.FromSeconds(10) }));
        await gate.ReachedAsync();
        fal.Time.Advance(TimeSpan.FromSeconds(10));
        await fal.Time.DelaysPendingAsync();
        fal.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Content, await reading);
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    public static TheoryData<string, Answer> NoRest() => new()
    {
        { "whole", Whole() },
        { "416", Replies.Empty(416) },
        { "other start", Replies.Bytes("x"u8.ToArray(), "video/mp4", 206, "Content-Range: bytes 6-19/20") },
        { "other length", Replies.Bytes("x"u8.ToArray(), "video/mp4", 206, "Content-Range: bytes 5-29/30") },
        { "no range", Replies.Bytes("x"u8.ToArray(), "video/mp4", 206) },
    };

    [Theory]
    [MemberData(nameof(NoRest))]
    public async Task The_rest_of_other_content_is_never_taken(string what, Answer answer)
    {
        Assert.NotEmpty(what);
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(5, "ETag: \"v1\"")).Then(answer);
        var stream = await fal.Client.Files.OpenAsync(File);
        var error = await Assert.ThrowsAsync<FalFileException>(() => ReadAsync(stream));
        Assert.Contains("5 of 20 bytes", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("ETag: W/\"v1\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2030 23:59:30 GMT")]
    [InlineData("X-Nothing: 1")]
    public async Task Without_a_mark_of_the_content_nothing_is_put_together(string mark)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(5, mark, "Date: Wed, 02 Jan 2030 00:00:00 GMT"));
        var stream = await fal.Client.Files.OpenAsync(File);
        await Assert.ThrowsAsync<FalFileException>(() => ReadAsync(stream));
        Assert.Single(fal.Handler.Requests);
    }

    [Fact]
    public async Task Breaks_without_end_come_to_an_end()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(CutAfter(5, "ETag: \"v1\""));
        for (var i = 0; i < 20; i++) fal.Handler.Then(Replies.Body("video/mp4", 206, 15, ["Content-Range: bytes 5-19/20"], Replies.Cut()));
        var stream = await fal.Client.Files.OpenAsync(File);
        var error = await Assert.ThrowsAsync<FalFileException>(() => ReadAsync(stream));
        Assert.Contains("again and again", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, fal.Handler.Requests.Count);
    }

    [Fact]
    public async Task More_than_was_announced_is_refused()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Body("video/mp4", 200, 5, [], Replies.Send(Content)));
        var stream = await fal.Client.Files.OpenAsync(File);
        Assert.Contains(
            "more bytes than it announced",
            (await Assert.ThrowsAsync<FalFileException>(() => ReadAsync(stream))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beyond_the_size_limit_is_refused_as_soon_as_it_shows()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole()).Then(Replies.Body("video/mp4", 200, null, [], Replies.Send(Content)));
        var limit = new FalDownloadOptions { MaxBytes = 19 };
        Assert.Contains(
            "19 bytes",
            (await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.OpenAsync(File, limit))).Message,
            StringComparison.Ordinal);
        var stream = await fal.Client.Files.OpenAsync(File, limit);
        await Assert.ThrowsAsync<FalFileException>(() => ReadAsync(stream));
        await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.OpenAsync(new FalFile { Url = "data:,12345" }, new() { MaxBytes = 4 }));
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    [InlineData("pause")]
    public async Task The_time_limit_of_a_download_holds_everywhere(string place)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        var gate = new Gate();
        fal.Handler.Then(place switch
        {
            "headers" => gate.Answer,
            "body" => Replies.Body("video/mp4", 200, Content.Length, ["ETag: \"v1\""], Replies.Send("0"), gate.Step),
            _ => CutAfter(3, "ETag: \"v1\""),
        });
        var reading = Task.Run(async () => await ReadAsync(await fal.Client.Files.OpenAsync(File, new() { Timeout = TimeSpan.FromSeconds(0.2) })));
        if (place == "pause") await fal.Time.DelaysPendingAsync();
        else await gate.ReachedAsync();
        fal.Time.Advance(TimeSpan.FromSeconds(0.2));
        var error = await Assert.ThrowsAsync<FalTimeoutException>(() => reading);
        Assert.Equal(TimeSpan.FromSeconds(0.2), error.Deadline);
        Assert.Equal(0, fal.Time.PendingTimers);
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    [InlineData("pause")]
    public async Task The_callers_token_ends_a_download_everywhere(string place)
    {
        using var fal = new TestFal(Canary, new FakeTime());
        using var cancel = new CancellationTokenSource();
        var gate = new Gate();
        fal.Handler.Then(place switch
        {
            "headers" => gate.Answer,
            "body" => Replies.Body("video/mp4", 200, Content.Length, ["ETag: \"v1\""], Replies.Send("0"), gate.Step),
            _ => CutAfter(3, "ETag: \"v1\""),
        });
        var reading = Task.Run(async () => await ReadAsync(await fal.Client.Files.OpenAsync(File, cancellationToken: cancel.Token), cancel.Token));
        if (place == "pause") await fal.Time.DelaysPendingAsync();
        else await gate.ReachedAsync();
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading)).CancellationToken);
        Assert.Equal(0, fal.Time.PendingTimers);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fal.Client.Files.OpenAsync(File, cancellationToken: new CancellationToken(true)));
    }

    [Theory]
    [InlineData(404, "no longer exists", false)]
    [InlineData(410, "no longer exists", false)]
    [InlineData(403, "may have expired", false)]
    [InlineData(400, "Check the URL", false)]
    [InlineData(206, "Check the URL", false)]
    public async Task An_answer_that_is_no_file_says_what_to_do(int status, string text, bool transient)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Json("{}", status));
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.OpenAsync(File));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains("v3.fal.media", error.Message, StringComparison.Ordinal);
        Assert.Equal((status, transient), (error.StatusCode, error.IsTransient));
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_host_that_stays_away_is_transient()
    {
        using var fal = new TestFal(Canary);
        for (var i = 0; i < 5; i++) fal.Handler.Then(Replies.Empty(503));
        Assert.True((await Assert.ThrowsAnyAsync<FalException>(() => fal.Client.Files.OpenAsync(File))).IsTransient);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_to_https_are_followed_without_the_key(int status)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Empty(status, "Location: https://other.example/a?b")).Then(Replies.Empty(302, "Location: /c")).Then(Whole());
        Assert.Equal(Content, await ReadAsync(await fal.Client.Files.OpenAsync(File)));
        Assert.Equal(["v3.fal.media", "other.example", "other.example"], fal.Handler.Requests.Select(request => request.Host));
        Assert.Equal("/c", fal.Handler.Requests[2].Path);
        Assert.All(fal.Handler.Requests, request => Assert.Null(request["Authorization"]));
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData("http://other.example/a")]
    [InlineData("ftp://other.example/a")]
    [InlineData("https://user:pass@other.example/a")]
    [InlineData("file:///etc/passwd")]
    public async Task Redirects_elsewhere_are_not_followed(string location)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Replies.Empty(302, "Location: " + location));
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Files.OpenAsync(File));
        Assert.Single(fal.Handler.Requests);
    }

    [Fact]
    public async Task Redirects_come_to_an_end()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.On("GET", "", Replies.Empty(302, "Location: /again"));
        Assert.Contains(
            "more than 5 redirects",
            (await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.OpenAsync(File))).Message,
            StringComparison.Ordinal);
        Assert.Equal(6, fal.Handler.Requests.Count);
        using var lost = new TestFal(Canary);
        lost.Handler.Then(Replies.Empty(302));
        Assert.Contains(
            "without saying where",
            (await Assert.ThrowsAsync<FalFileException>(() => lost.Client.Files.OpenAsync(File))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_refuses_plain_http_before_connecting()
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("{}")));
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key });
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Files.OpenAsync(new FalFile { Url = evil.Address + "x" }));
        Assert.Equal(0, evil.Connections);
        foreach (var url in new[] { "nonsense", "file:///etc/passwd", "/etc/passwd", "" })
            await Assert.ThrowsAsync<FalFileException>(() => fal.Files.OpenAsync(new FalFile { Url = url }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => fal.Files.OpenAsync((FalFile)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => fal.Files.OpenAsync((string)null!));
    }

    [Fact]
    public async Task OpenAsync_takes_the_URL_of_a_file()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole());
        Assert.Equal(Content, await ReadAsync(await fal.Client.Files.OpenAsync(Url)));
        Assert.Equal("GET " + Url, fal.Handler.Request.ToString());
        Assert.Null(fal.Handler.Request["Authorization"]);
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task A_real_connection_that_breaks_is_gone_on_with()
    {
        await using var server = Canary.WatchForeign(new ScriptedServer(
            ServerSteps.Truncated(Content[..8], missing: 12, headers: "ETag: \"v1\""),
            ServerSteps.Reply(206, "video/mp4", Content[8..], "Content-Range: bytes 8-19/20", "ETag: \"v1\"")));
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, AllowHttpOnLoopback = true });
        Assert.Equal(Content, await ReadAsync(await fal.Files.OpenAsync(new FalFile { Url = server.Address + "out.mp4" })));
        Assert.Equal("bytes=8-", server.Requests[1]["Range"]);
    }

    [Fact]
    public async Task A_file_from_a_result_needs_no_client_and_names_its_request()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Then(Whole()).Then(Replies.Empty(404));
        var file = FalJson.Read<FalImage>(
            """{"url":"https://v3.fal.media/files/cat/out.mp4"}"""u8.ToArray(),
            new FalReadContext(fal.Transport, "acme/lumen", "r-1"));
        Assert.Equal(Content, await ReadAsync(await file.OpenAsync()));
        var error = await Assert.ThrowsAsync<FalFileException>(() => file.OpenAsync());
        Assert.Equal(("acme/lumen", "r-1"), (error.EndpointId, error.RequestId));
    }

    [Fact]
    public async Task A_file_made_by_hand_says_what_to_use()
    {
        Assert.Contains(
            "fal.Files.OpenAsync(file)",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => File.OpenAsync())).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "fal.Files.SaveAsync(file, path)",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => File.SaveAsync("x"))).Message,
            StringComparison.Ordinal);
        var data = new FalFile { Url = "data:text/plain;base64,aGVsbG8=" };
        Assert.Equal("hello", await ReadAsync(await data.OpenAsync()));
        await Assert.ThrowsAsync<FalFileException>(() => new FalFile { Url = "data:;base64,*" }.OpenAsync());
    }

    [Fact]
    public async Task Limits_that_cannot_work_are_refused()
    {
        FalDownloadOptions[] wrong = [new() { MaxBytes = -1 }, new() { StallTimeout = TimeSpan.Zero }, new() { Timeout = TimeSpan.FromDays(60) }];
        using var fal = new TestFal(Canary);
        foreach (var options in wrong) await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Files.OpenAsync(File, options));
    }
}
