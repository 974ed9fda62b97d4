namespace Fal.Emulation.Tests.Storage;

/// <summary>What the rest host and the media host answer to any client.</summary>
public sealed class StorageRouteTests
{
    private static readonly (string, string) NoKey = ("Authorization", "");
    private const string Announcement = """{"content_type":"text/plain","file_name":"a.txt"}""";

    private static async Task<(string Upload, string File)> InitiateAsync(EmulatorFixture fixture, string kind = "initiate")
    {
        var answer = await fixture.SendAsync(
            HttpMethod.Post,
            fixture.Fal.RestAddress,
            $"storage/upload/{kind}?storage_type=fal-cdn-v3",
            Announcement);
        Assert.Equal(200, answer.StatusCode);
        return (answer.Json.GetProperty("upload_url").GetString()!, answer.Json.GetProperty("file_url").GetString()!);
    }

    private static Task<HttpAnswer> PutAsync(EmulatorFixture fixture, string url, string body = "hello", params (string, string)[] headers)
        => fixture.SendAsync(HttpMethod.Put, new Uri(url), "", body, headers.Length == 0 ? [NoKey] : headers);

    private static string Below(string upload, string segment) => upload.Replace("?", "/" + segment + "?", StringComparison.Ordinal);

    [Fact]
    public async Task A_key_at_an_upload_url_is_refused_and_seen()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var (upload, _) = await InitiateAsync(fixture);
        var answer = await PutAsync(fixture, upload, "hello", ("Authorization", "Key " + fixture.Fal.Key));
        Assert.Equal((400, "key_leaked"), (answer.StatusCode, answer.Headers["X-Fal-Error-Type"]));
        Assert.DoesNotContain(fixture.Fal.Key, answer.Body, StringComparison.Ordinal);
        Assert.True(fixture.Fal.Received.One(FalOperation.Upload).ShowedKey);
        Assert.Empty(fixture.Fal.Files.All);
    }

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("Authorization")]
    public async Task The_key_is_recognised_in_any_header(string header)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var (upload, _) = await InitiateAsync(fixture);
        Assert.Equal(400, (await PutAsync(fixture, upload, "hello", NoKey, (header, "Bearer " + fixture.Fal.Key))).StatusCode);
    }

    [Theory]
    [InlineData("GET", "files/a/b?key={key}", false)]
    [InlineData("GET", "files/{key}/b", false)]
    [InlineData("GET", "files/a/b?key={admin}", false)]
    [InlineData("GET", "no/such/path", true)]
    [InlineData("DELETE", "files/a/b", true)]
    public async Task The_key_is_recognised_in_any_request_to_the_media_host(string method, string path, bool isHeader)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        path = path.Replace("{key}", fixture.Fal.Key, StringComparison.Ordinal).Replace("{admin}", fixture.Fal.AdminKey, StringComparison.Ordinal);
        var header = isHeader ? ("Authorization", "Key " + fixture.Fal.Key) : NoKey;
        var answer = await fixture.SendAsync(new HttpMethod(method), new Uri(fixture.Fal.MediaAddress, path), "", null, header);
        Assert.Equal((400, "key_leaked"), (answer.StatusCode, answer.Headers["X-Fal-Error-Type"]));
        Assert.True(Assert.Single(fixture.Fal.Received.All).ShowedKey);
    }

    [Fact]
    public void Parts_of_an_abandoned_upload_do_not_stay_in_memory()
    {
        var time = new Fal.Tests.Harness.FakeTime();
        var desk = new UploadDesk(new FalEmulatedFiles(() => new Uri("http://127.0.0.1:1"), time), time, 1000);
        var (abandoned, _) = (desk.Open("a", "text/plain", null), desk.Open("b", "text/plain", null));
        Assert.Same(abandoned, desk.Find(abandoned.Id));
        time.Advance(TimeSpan.FromHours(1));
        desk.Open("c", "text/plain", null);
        Assert.Null(desk.Find(abandoned.Id));
    }

    [Theory]
    [InlineData("{\"content_type\":\"a/b\",\"content_type\":\"a/b\",\"file_name\":\"x\"}")]
    [InlineData("[1]")]
    public async Task An_announcement_that_is_no_object_is_refused(string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RestAddress, "storage/upload/initiate", body);
        Assert.Equal((422, 2), (answer.StatusCode, answer.Json.GetProperty("detail").GetArrayLength()));
    }

    [Fact]
    public async Task Media_host_accepts_other_authorization_schemes()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var (upload, _) = await InitiateAsync(fixture);
        Assert.Equal(200, (await PutAsync(fixture, upload, "hello", ("Authorization", "Bearer something"))).StatusCode);
        Assert.False(fixture.Fal.Received.One(FalOperation.Upload).ShowedKey);
    }

    [Theory]
    [InlineData("storage/upload/initiate")]
    [InlineData("storage/upload/initiate-multipart")]
    [InlineData("storage/auth/token")]
    public async Task The_rest_host_wants_the_key(string path)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal(401, (await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RestAddress, path, Announcement, NoKey)).StatusCode);
    }

    [Theory]
    [InlineData("""{"content_type":"text/plain"}""", "file_name")]
    [InlineData("""{"file_name":"a.txt"}""", "content_type")]
    [InlineData("not json", "content_type")]
    public async Task An_announcement_without_a_name_or_a_type_is_refused(string body, string missing)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var answer = await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RestAddress, "storage/upload/initiate", body);
        Assert.Equal(422, answer.StatusCode);
        Assert.Equal(["body", missing], answer.Json.GetProperty("detail")[0].GetProperty("loc").EnumerateArray().Select(step => step.GetString()));
    }

    [Fact]
    public async Task An_upload_url_needs_its_signature_and_lives_for_an_hour()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var (upload, file) = await InitiateAsync(fixture);
        Assert.Equal(403, (await PutAsync(fixture, upload.Split('?')[0])).StatusCode);
        Assert.Equal(403, (await PutAsync(fixture, upload + "0")).StatusCode);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(403, (await PutAsync(fixture, upload)).StatusCode);
        Assert.Null(fixture.Fal.Files.Find(file));
    }

    [Fact]
    public async Task Parts_are_put_together_in_the_order_of_the_list()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var (upload, file) = await InitiateAsync(fixture, "initiate-multipart");
        var second = await PutAsync(fixture, Below(upload, "2"), "world");
        var first = await PutAsync(fixture, Below(upload, "1"), "hello ");
        Assert.Equal(2, second.Json.GetProperty("partNumber").GetInt32());
        Assert.Equal(second.Headers["ETag"], second.Json.GetProperty("etag").GetString());
        var list = $$"""{"parts":[{"partNumber":1,"etag":{{first.Json.GetProperty("etag").GetRawText()}}},{"partNumber":2,"etag":"""
            + $$"""{{second.Json.GetProperty("etag").GetRawText()}}}]}""";
        Assert.Equal(200, (await fixture.SendAsync(HttpMethod.Post, new Uri(Below(upload, "complete")), "", list, NoKey)).StatusCode);
        Assert.Equal("hello world"u8.ToArray(), fixture.Fal.Files.Find(file)!.Content.ToArray());
    }

    [Theory]
    [InlineData("""{"parts":[{"partNumber":1,"etag":"wrong"}]}""", "another etag")]
    [InlineData("""{"parts":[{"partNumber":2,"etag":"E"}]}""", "not uploaded")]
    [InlineData("""{"parts":[{"partNumber":1,"etag":"E"},{"partNumber":1,"etag":"E"}]}""", "in their order")]
    [InlineData("""{"parts":[{"partNumber":1}]}""", "needs a partNumber and an etag")]
    [InlineData("""{"parts":[7]}""", "needs a partNumber and an etag")]
    [InlineData("""{"parts":[]}""", "must list the parts")]
    [InlineData("nonsense", "must list the parts")]
    public async Task A_wrong_list_of_parts_is_refused_with_its_reason(string list, string reason)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var (upload, file) = await InitiateAsync(fixture, "initiate-multipart");
        var tag = (await PutAsync(fixture, Below(upload, "1"))).Headers["ETag"].Trim('"');
        var answer = await fixture.SendAsync(
            HttpMethod.Post,
            new Uri(Below(upload, "complete")),
            "",
            list.Replace("E", tag, StringComparison.Ordinal),
            NoKey);
        Assert.Equal(400, answer.StatusCode);
        Assert.Contains(reason, answer.Body, StringComparison.Ordinal);
        Assert.Null(fixture.Fal.Files.Find(file));
    }

    [Fact]
    public async Task Parts_that_are_too_large_together_are_refused()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.LargestBody = 1000);
        var (upload, file) = await InitiateAsync(fixture, "initiate-multipart");
        var tags = new List<string>();
        for (var part = 1; part <= 2; part++)
            tags.Add((await PutAsync(fixture, Below(upload, $"{part}"), new string('x', 600))).Headers["ETag"].Trim('"'));
        var list = $$"""{"parts":[{"partNumber":1,"etag":"{{tags[0]}}"},{"partNumber":2,"etag":"{{tags[1]}}"}]}""";
        var answer = await fixture.SendAsync(HttpMethod.Post, new Uri(Below(upload, "complete")), "", list, NoKey);
        Assert.Equal(413, answer.StatusCode);
        Assert.Null(fixture.Fal.Files.Find(file));
    }

    [Fact]
    public async Task A_token_uploads_to_the_media_host_directly_until_it_expires()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var issued = (await fixture.SendAsync(HttpMethod.Post, fixture.Fal.RestAddress, "storage/auth/token?storage_type=fal-cdn-v3", "{}")).Json;
        var token = ("Authorization", $"{issued.GetProperty("token_type").GetString()} {issued.GetProperty("token").GetString()}");
        var host = new Uri(issued.GetProperty("base_url").GetString()!);
        Assert.Equal(fixture.Time.GetUtcNow() + TimeSpan.FromMinutes(10), issued.GetProperty("expires_at").GetDateTimeOffset());

        var whole = await fixture.SendAsync(
            HttpMethod.Post,
            host,
            "files/upload",
            "{}",
            token,
            ("X-Fal-File-Name", "a.json"),
            ("X-Fal-Object-Lifecycle", """{"expiration_duration_seconds":60}"""));
        var file = fixture.Fal.Files.Find(whole.Json.GetProperty("access_url").GetString()!)!;
        Assert.Equal(("a.json", "application/json", """{"expiration_duration_seconds":60}"""), (file.Name, file.ContentType, file.Lifecycle));

        var begun = await fixture.SendAsync(HttpMethod.Post, host, "files/upload/multipart", "", token, ("X-Fal-File-Name", "b.txt"));
        var place = $"{begun.Json.GetProperty("access_url").GetString()}/multipart/{begun.Json.GetProperty("uploadId").GetString()}/";
        var part = await fixture.SendAsync(HttpMethod.Put, new Uri(place + "1"), "", "in parts", token);
        var list = $$"""{"parts":[{"partNumber":1,"etag":{{part.Json.GetProperty("etag").GetRawText()}}}]}""";
        Assert.Equal(200, (await fixture.SendAsync(HttpMethod.Post, new Uri(place + "complete"), "", list, token)).StatusCode);
        Assert.Equal("in parts"u8.ToArray(), fixture.Fal.Files.Find(begun.Json.GetProperty("access_url").GetString()!)!.Content.ToArray());

        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(401, (await fixture.SendAsync(HttpMethod.Post, host, "files/upload", "{}", token)).StatusCode);
    }

    [Theory]
    [InlineData("files/upload")]
    [InlineData("files/upload/multipart")]
    public async Task A_direct_upload_with_the_key_in_place_of_a_token_is_a_leak(string path)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal("key_leaked", (await fixture.SendAsync(HttpMethod.Post, fixture.Fal.MediaAddress, path, "{}")).Headers["X-Fal-Error-Type"]);
        Assert.Equal(401, (await fixture.SendAsync(HttpMethod.Post, fixture.Fal.MediaAddress, path, "{}", NoKey)).StatusCode);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("a b#c?.txt")]
    [InlineData("雪.txt")]
    [InlineData("a\\b\u0001.txt")]
    public async Task A_name_is_only_ever_a_name(string name)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var file = fixture.Fal.Files.Add(name, "hello"u8.ToArray());
        Assert.Equal(4, file.Url.Segments.Length);
        Assert.Equal("hello", (await fixture.SendAsync(HttpMethod.Get, file.Url, "", null, NoKey)).Body);
    }
}
