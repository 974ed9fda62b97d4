using Fal.Tests.Harness;
using Fal.Tests.Transport;

namespace Fal.Tests.Media;

/// <summary>Single uploads: two calls, the key in the first only.</summary>
public sealed class UploadTests : CanaryTest
{
    private const string Ticket = """{"upload_url":"https://storage.example/put/1?sig=x","file_url":"https://v3.fal.media/files/1.png"}""";

    [Fact]
    public async Task A_small_file_is_announced_and_put()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket).Then(Replies.Empty());
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".dat");
        await File.WriteAllBytesAsync(path, SampleFiles.Png());
        try
        {
            var reports = new Reports<FalUploadProgress>();
            var url = await fal.Client.Files.UploadAsync(FalMedia.FromFile(path), progress: reports);
            Assert.Equal(new Uri("https://v3.fal.media/files/1.png"), url);
            var length = SampleFiles.Png().Length;
            Assert.Equal([new FalUploadProgress(length, length)], reports.All);
            Assert.Equal(1, reports.All[0].Fraction);
        }
        finally
        {
            File.Delete(path);
        }
        var (announce, put) = (fal.Handler.Requests[0], fal.Handler.Requests[1]);
        Assert.Equal("POST https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3", announce.ToString());
        Assert.Equal($$"""{"content_type":"image/png","file_name":"{{Path.GetFileName(path)}}"}""", announce.Text);
        Assert.NotNull(announce["Authorization"]);
        Assert.Null(announce["X-Fal-Object-Lifecycle"]);
        Assert.Equal("PUT https://storage.example/put/1?sig=x", put.ToString());
        Assert.Equal(SampleFiles.Png(), put.Body);
        Assert.Equal("image/png", put["Content-Type"]);
        Assert.Null(put["Authorization"]);
        Assert.Null(put["Cookie"]);
        Assert.DoesNotContain(put.Headers, header => header.Key.StartsWith("X-Fal", StringComparison.OrdinalIgnoreCase));
        fal.Handler.AssertAllDisposed();
    }

    [Fact]
    public async Task Ticket_with_a_broken_member_name_is_read()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("{\"\\ud800\":1," + Ticket[1..]).Then(Replies.Empty());

        var url = await fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));

        Assert.Equal(new Uri("https://v3.fal.media/files/1.png"), url);
    }

    public static TheoryData<FalMedia, FalUploadOptions?, string, string> Names() => new()
    {
        { FalMedia.FromBytes(SampleFiles.Jpeg()), null, "image/jpeg", "upload.jpg" },
        { FalMedia.FromBytes(new byte[] { 1, 2 }), null, "application/octet-stream", "upload.bin" },
        { FalMedia.FromBytes(new byte[] { 1, 2 }, fileName: "../../table.csv"), null, "text/csv", "table.csv" },
        { FalMedia.FromBytes(SampleFiles.Png(), "image/x-own", "a.gif"), null, "image/x-own", "a.gif" },
        {
            FalMedia.FromBytes(SampleFiles.Png(), "image/x-own", "a.gif"),
            new() { ContentType = "image/png", FileName = "C:\\b.png" },
            "image/png",
            "b.png" },
        { FalMedia.FromStream(new MemoryStream(SampleFiles.Wav())), null, "audio/wav", "upload.wav" },
        { FalMedia.FromStream(new OneWayStream(SampleFiles.Wav())), null, "audio/wav", "upload.wav" },
        { FalMedia.FromStream(new OneWayStream([]), "text/plain", "empty.txt"), null, "text/plain", "empty.txt" },
        { FalMedia.FromDataUri("data:image/gif;base64," + Convert.ToBase64String(SampleFiles.Png())), null, "image/gif", "upload.gif" },
        { FalMedia.FromDataUri("data:," + "hello"), null, "application/octet-stream", "upload.bin" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Name_and_type_are_told(FalMedia media, FalUploadOptions? options, string type, string name)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket).Then(Replies.Empty());
        await fal.Client.Files.UploadAsync(media, options);
        Assert.Equal($$"""{"content_type":"{{type}}","file_name":"{{name}}"}""", fal.Handler.Requests[0].Text);
        Assert.Equal(type, fal.Handler.Requests[1]["Content-Type"]);
    }

    [Fact]
    public async Task What_is_on_the_web_is_not_uploaded()
    {
        using var fal = new TestFal(Canary);
        Assert.Equal(new Uri("https://example.com/a.png"), await fal.Client.Files.UploadAsync("https://example.com/a.png"));
        Assert.Empty(fal.Handler.Requests);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Files.UploadAsync("car.png"));
        Assert.Contains("FalMedia.FromFile", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => fal.Client.Files.UploadAsync("data:;base64,?"));
        await Assert.ThrowsAsync<ArgumentException>(
            () => fal.Client.Files.UploadAsync(FalMedia.FromBytes(new byte[1]), new() { ContentType = "a\r\nb: c" }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => fal.Client.Files.UploadAsync(null!));
    }

    [Fact]
    public async Task Lifecycle_travels_with_the_announcement_only()
    {
        using var fal = new TestFal(
            Canary,
            change: options => options.Uploads = new() { Lifecycle = new() { ExpiresAfter = TimeSpan.FromHours(1) } });
        fal.Handler.Json(Ticket).Then(Replies.Empty()).Json(Ticket).Then(Replies.Empty());
        await fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        await fal.Client.Files.UploadAsync(
            FalMedia.FromBytes(SampleFiles.Png()),
            new() { Lifecycle = new() { ExpiresAfter = TimeSpan.FromMinutes(1), Access = new() { Default = FalAccessDecision.Hide } } });
        Assert.Equal("""{"expiration_duration_seconds":3600}""", fal.Handler.Requests[0]["X-Fal-Object-Lifecycle"]);
        Assert.Equal("""{"expiration_duration_seconds":3600}""", fal.Handler.Requests[0]["X-Fal-Object-Lifecycle-Preference"]);
        Assert.Equal("""{"expiration_duration_seconds":60,"initial_acl":{"default":"hide"}}""", fal.Handler.Requests[2]["X-Fal-Object-Lifecycle"]);
    }

    [Theory]
    [InlineData("http://storage.example/put")]
    [InlineData("https://user:pass@storage.example/put")]
    [InlineData("ftp://storage.example/put")]
    [InlineData("//storage.example/put")]
    public async Task An_upload_address_that_is_not_plain_https_is_refused(string upload)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json($$"""{"upload_url":"{{upload}}","file_url":"https://v3.fal.media/1"}""");
        await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        Assert.Single(fal.Handler.Requests);
    }

    [Theory]
    [InlineData("""{"upload_url":"https://s.example/1"}""")]
    [InlineData("""{"file_url":"https://s.example/1"}""")]
    [InlineData("""{"upload_url":1,"file_url":2}""")]
    [InlineData("""{"upload_url":"https://s.example/1","file_url":"http://v3.fal.media/1"}""")]
    [InlineData("""{"upload_url":"https://s.example/1","file_url":"https://a:b@v3.fal.media/1"}""")]
    [InlineData("""{"upload_url":"x","file_url":"y"}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task An_announcement_that_is_not_understood_is_said_to_be(string answer)
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(answer);
        var error = await Assert.ThrowsAsync<FalProtocolException>(() => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        Assert.Contains("Nothing was uploaded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_announcement_are_those_of_any_call()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json("""{"detail":"no"}""", 401).Json("{}", 422);
        await Assert.ThrowsAsync<FalAuthenticationException>(() => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        await Assert.ThrowsAsync<FalRequestRejectedException>(() => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirected_upload_goes_nowhere(int status)
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("{}")));
        using var fal = new TestFal(Canary, change: options => options.AllowHttpOnLoopback = true);
        fal.Handler.Json(Ticket).Then(Replies.Empty(status, $"Location: {evil.Address}"));
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        Assert.Equal(status, error.StatusCode);
        Assert.Contains("never followed", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, evil.Connections);
        Assert.Equal(2, fal.Handler.Requests.Count);
        fal.Handler.AssertAllDisposed();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirected_announcement_goes_nowhere(int status)
    {
        await using var evil = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json(Ticket)));
        await using var rest = new ScriptedServer(ServerSteps.Redirect(status, evil.Address.ToString()));
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, AllowHttpOnLoopback = true, RestAddress = rest.Address });
        var error = await Assert.ThrowsAsync<FalProtocolException>(() => fal.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        Assert.Equal(status, error.StatusCode);
        Assert.Equal(0, evil.Connections);
        Assert.Single(rest.Requests);
    }

    [Fact]
    public async Task A_foreign_host_sees_the_bytes_and_nothing_of_the_key()
    {
        await using var storage = Canary.WatchForeign(new ScriptedServer(ServerSteps.Json("{}")));
        await using var rest = new ScriptedServer(
            ServerSteps.Json($$"""{"upload_url":"{{storage.Address}}put","file_url":"https://v3.fal.media/1.png"}"""));
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, AllowHttpOnLoopback = true, RestAddress = rest.Address });
        await fal.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()));
        Assert.Equal("Key " + CanaryGuard.Key, rest.Requests[0]["Authorization"]);
        Assert.Equal(SampleFiles.Png(), storage.Requests[0].Body);
    }

    [Fact]
    public async Task A_put_that_breaks_is_sent_again_from_its_beginning()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket).Then(Replies.Reset()).Then(Replies.Empty(503)).Then(Replies.Empty());
        var reports = new Reports<FalUploadProgress>();
        await fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png()), progress: reports);
        Assert.Equal(3, fal.Handler.Count("PUT"));
        Assert.All(fal.Handler.Requests.Skip(1), put => Assert.Equal(SampleFiles.Png(), put.Body));
        Assert.Single(reports.All);
    }

    [Fact]
    public async Task An_upload_that_is_refused_names_the_file_and_the_place()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket).Then(Replies.Html("<Error>AccessDenied</Error>", 403));
        var error = await Assert.ThrowsAsync<FalFileException>(
            () => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png(), fileName: "car.png")));
        Assert.Equal(
            $"Uploading <bytes car.png, {SampleFiles.Png().Length}> failed at the PUT of its content: storage.example refused it (403). "
            + "Try again; the URL that fal gave may have expired. Nothing was submitted.",
            error.Message);
        Assert.Equal((403, "<Error>AccessDenied</Error>", true), (error.StatusCode, error.ResponseBody, error.IsTransient));
        Assert.DoesNotContain("sig=", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_named_with_the_file()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket);
        for (var i = 0; i < 5; i++) fal.Handler.Then(Replies.Refused());
        var error = await Assert.ThrowsAsync<FalFileException>(
            () => fal.Client.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png(), fileName: "car.png")));
        Assert.Contains("car.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("storage.example could not be reached: no connection could be made (5 attempts)", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        Assert.IsType<FalUnavailableException>(error.InnerException);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_not_announced()
    {
        using var fal = new TestFal(Canary);
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(FalMedia.FromFile("/nowhere/car.png")));
        Assert.Contains("<file car.png>", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        var closed = new MemoryStream(SampleFiles.Png());
        var media = FalMedia.FromStream(closed);
        await closed.DisposeAsync();
        await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(media));
        Assert.Empty(fal.Handler.Requests);
    }

    [Fact]
    public async Task A_medium_that_fails_while_it_is_sent_is_not_sent_again()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket).Then(Replies.Empty());
        var shrinking = new ShrinkingStream(SampleFiles.Wav());
        var error = await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(FalMedia.FromStream(shrinking, fileName: "s.wav")));
        Assert.Contains("became shorter", error.Message, StringComparison.Ordinal);
        Assert.InRange(fal.Handler.Count("PUT"), 0, 1);
        fal.Handler.Json(Ticket);
        shrinking.Fails = true;
        error = await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(FalMedia.FromStream(shrinking, fileName: "s.wav")));
        Assert.Contains("disk gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_way_stream_is_uploaded_once()
    {
        using var fal = new TestFal(Canary);
        fal.Handler.Json(Ticket).Then(Replies.Empty(403));
        var media = FalMedia.FromStream(new OneWayStream(SampleFiles.Png()));
        await Assert.ThrowsAsync<FalFileException>(() => fal.Client.Files.UploadAsync(media));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => fal.Client.Files.UploadAsync(media));
        Assert.Contains("Give a new stream", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_on_this_machine_needs_the_switch()
    {
        await using var server = new ScriptedServer();
        server.Then(ServerSteps.Json($$"""{"upload_url":"{{server.Address}}put","file_url":"{{server.Address}}file"}"""))
            .Then(ServerSteps.Json("{}"));
        using var fal = new FalClient(new FalClientOptions { Key = CanaryGuard.Key, AllowHttpOnLoopback = true, RestAddress = server.Address });
        Assert.Equal(new Uri(server.Address, "file"), await fal.Files.UploadAsync(FalMedia.FromBytes(SampleFiles.Png())));
        Assert.Equal(["POST", "PUT"], server.Requests.Select(request => request.Method));
        Assert.Null(server.Requests[1]["Authorization"]);
        Assert.Equal(SampleFiles.Png(), server.Requests[1].Body);
    }

    private sealed class ShrinkingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public bool Fails { get; set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < 512) return base.ReadAsync(buffer.Length > 512 ? buffer[..512] : buffer, cancellationToken);
            return Fails ? throw new IOException("disk gone") : ValueTask.FromResult(0);
        }
    }
}
