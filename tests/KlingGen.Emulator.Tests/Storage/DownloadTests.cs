using System.Net;
using System.Net.Http.Headers;

namespace Fal.Emulation.Tests.Storage;

/// <summary>Files are served as by a media host: without a key, complete or as a range.</summary>
public sealed class DownloadTests
{
    private static async Task<(HttpResponseMessage Response, string Body)> GetAsync(Uri url, Action<HttpRequestMessage>? change = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        change?.Invoke(request);
        var response = await http.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(EmulatorFixture Fixture, FalEmulatedFile File)> StartAsync()
    {
        var fixture = await EmulatorFixture.StartAsync();
        return (fixture, fixture.Fal.Files.Add("digits.txt", "0123456789"u8.ToArray()));
    }

    [Fact]
    public async Task A_file_comes_whole_with_type_length_and_tag()
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        var (response, body) = await GetAsync(file.Url);
        using (response)
        {
            Assert.Equal((HttpStatusCode.OK, "0123456789"), (response.StatusCode, body));
            Assert.Equal(
                ("text/plain", 10L, "bytes"),
                (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLength, response.Headers.AcceptRanges.Single()));
            Assert.NotNull(response.Headers.ETag);
        }
    }

    [Theory]
    [InlineData(2, 4, "234", "bytes 2-4/10")]
    [InlineData(7, null, "789", "bytes 7-9/10")]
    [InlineData(null, 4, "6789", "bytes 6-9/10")]
    public async Task A_part_of_a_file_can_be_asked_for(int? from, int? to, string expected, string range)
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        var (response, body) = await GetAsync(file.Url, request => request.Headers.Range = new RangeHeaderValue(from, to));
        using (response) Assert.Equal(
            (HttpStatusCode.PartialContent, expected, range),
            (response.StatusCode, body, response.Content.Headers.ContentRange?.ToString()));
    }

    [Fact]
    public async Task A_part_beyond_the_end_is_refused()
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        var (response, body) = await GetAsync(file.Url, request => request.Headers.Range = new RangeHeaderValue(10, null));
        using (response) Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, ""), (response.StatusCode, body));
    }

    [Fact]
    public async Task A_file_that_is_known_already_is_not_sent_again()
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        var (first, _) = await GetAsync(file.Url);
        var (second, body) = await GetAsync(file.Url, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using (first)
        using (second) Assert.Equal((HttpStatusCode.NotModified, ""), (second.StatusCode, body));
    }

    [Fact]
    public async Task The_head_of_a_file_tells_its_length()
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        var (response, body) = await GetAsync(file.Url, request => request.Method = HttpMethod.Head);
        using (response) Assert.Equal((HttpStatusCode.OK, 10L, ""), (response.StatusCode, response.Content.Headers.ContentLength, body));
    }

    [Fact]
    public async Task A_key_is_not_wanted_here_either()
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        Assert.Equal(400, (await fixture.SendAsync(HttpMethod.Get, file.Url, "")).StatusCode);
        Assert.True(fixture.Fal.Received.One(FalOperation.Download).ShowedKey);
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        var (fixture, file) = await StartAsync();
        await using var _ = fixture;
        var (response, _) = await GetAsync(new Uri(file.Url, "../0/digits.txt"));
        using (response) Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Files_of_a_result_live_as_long_as_the_request_says()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Fal.Script.For("**", FalEmulatedRun.Instant);
        using var input = System.Text.Json.JsonDocument.Parse(EmulatorFixture.Body);
        await fixture.Video.RunAsync(input.RootElement, new FalSubmitOptions { OutputLifecycle = new() { ExpiresAfter = TimeSpan.FromHours(2) } });
        var file = Assert.Single(fixture.Fal.Files.All);
        Assert.Equal((FalFileOrigin.Result, fixture.Time.GetUtcNow() + TimeSpan.FromHours(2)), (file.Origin, file.ExpiresAt));
    }
}
