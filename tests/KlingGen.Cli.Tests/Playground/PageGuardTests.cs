using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fal.Emulation;
using KlingGen.Cli.Playground;

namespace KlingGen.Cli.Tests.Playground;

/// <summary>Attacks on the page's server by other websites, other programs on this machine, and other names for this machine.</summary>
public sealed class PageGuardTests
{
    /// <summary>All calls of the page; <see cref="Every_route_is_attacked"/> holds the list to the routes of the server.</summary>
    private static readonly (string Method, string Path)[] Calls =
    [
        ("GET", "/api/state"), ("GET", "/api/form"), ("GET", "/api/emulator"), ("GET", "/api/jobs/{id}/events"), ("POST", "/api/preview"),
        ("POST", "/api/uploads"), ("POST", "/api/quotes"), ("POST", "/api/jobs"), ("POST", "/api/jobs/{id}/cancel"),
        ("POST", "/api/emulator/script"), ("POST", "/api/emulator/faults/clear"),
    ];

    public static TheoryData<string> ForeignOrigins =>
    [
        "https://evil.example", "null", "http://127.0.0.1:{other}", "http://localhost:{port}", "http://127.0.0.1:{port}.evil.example",
        "https://127.0.0.1:{port}",
    ];

    [Fact]
    public async Task Every_route_is_attacked()
    {
        await using var page = await PageFixture.StartAsync();
        var routes = page.Server.Routes.ToLookup(route => route.Contains(PageGuard.Calls, StringComparison.Ordinal));
        Assert.Equal(Calls.Select(call => $"{call.Method} {call.Path}").Order(), routes[true].Order());
        Assert.Equal(["GET /", "GET /form.js", "GET /icon.svg", "GET /playground.css", "GET /playground.js"], routes[false].Order());
    }

    [Fact]
    public async Task Token_is_needed_by_every_call()
    {
        await using var page = await PageFixture.StartAsync();
        string?[] wrong = [null, "", page.Token[..^1], page.Token + "0", page.Token.ToLowerInvariant(), new string('0', page.Token.Length)];
        foreach (var (method, path) in Calls)
        {
            foreach (var token in wrong)
            {
                var (status, body, _) = await page.SendAsync(new HttpMethod(method), path.Replace("{id}", "1", StringComparison.Ordinal),
                    method == "GET" ? null : PageFixture.Json("{}"), request =>
                    {
                        request.Headers.Remove(PageGuard.TokenHeader);
                        if (token is not null) request.Headers.TryAddWithoutValidation(PageGuard.TokenHeader, token);
                    });
                Assert.True(status == HttpStatusCode.Unauthorized, $"{method} {path} with '{token}': {status} {body}");
            }
        }
    }

    [Theory]
    [InlineData("/API/state")]
    [InlineData("/api/state/")]
    [InlineData("/Api/STATE?x=/playground.js")]
    [InlineData("/x/../api/state")]
    [InlineData("/%61pi/state")]
    public async Task Token_is_needed_however_the_path_is_written(string path)
    {
        await using var page = await PageFixture.StartAsync();
        var answer = await page.SendRawAsync($"""
            GET {path} HTTP/1.1
            Host: 127.0.0.1:{page.Server.Address.Port}
            Connection: close


            """);
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_in_the_query_or_a_cookie_does_not_count()
    {
        await using var page = await PageFixture.StartAsync();
        var (status, _, _) = await page.SendAsync(HttpMethod.Get, "/api/state?token=" + page.Token, spoil: request =>
        {
            request.Headers.Remove(PageGuard.TokenHeader);
            request.Headers.Add("Cookie", $"{PageGuard.TokenHeader}={page.Token}; token={page.Token}");
        });
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Token_differs_per_run_and_is_in_no_asset()
    {
        await using var one = await PageFixture.StartAsync();
        await using var other = await PageFixture.StartAsync();
        Assert.NotEqual(one.Token, other.Token);
        Assert.Equal(64, one.Token.Length);
        foreach (var path in (string[])["/", "/playground.js", "/playground.css", "/form.js", "/icon.svg"])
        {
            var (status, body, _) = await one.SendAsync(HttpMethod.Get, path, spoil: request => request.Headers.Remove(PageGuard.TokenHeader));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain(one.Token, body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("localhost.evil.example:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:{other}")]
    [InlineData("127.0.0.1:0{port}x")]
    [InlineData("[::1]:{port}")]
    [InlineData("0.0.0.0:{port}")]
    [InlineData("2130706433:{port}")]
    public async Task Host_of_a_rebound_name_is_refused(string host)
    {
        await using var page = await PageFixture.StartAsync();
        var own = Fill("http://" + host, page);
        foreach (var path in (string[])["/", "/playground.js", "/api/state"])
        {
            // After DNS rebinding the attacker's page is the same origin for the browser, so everything but the Host is right.
            var answer = await page.SendRawAsync($"""
                GET {path} HTTP/1.1
                Host: {own["http://".Length..]}
                Origin: {own}
                {PageGuard.TokenHeader}: {page.Token}
                Sec-Fetch-Site: same-origin
                Connection: close


                """);
            Assert.Matches("^HTTP/1.1 4(21|00) ", answer);
            var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            Assert.DoesNotContain("klinggen", body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(ForeignOrigins))]
    public async Task Origin_of_another_page_is_refused(string origin)
    {
        await using var page = await PageFixture.StartAsync();
        foreach (var (method, path) in Calls)
        {
            var content = method == "GET" ? null : PageFixture.Json("{}");
            var (status, _, headers) = await page.SendAsync(new HttpMethod(method), path, content, request =>
            {
                request.Headers.Remove("Origin");
                request.Headers.TryAddWithoutValidation("Origin", Fill(origin, page));
            });
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.DoesNotContain(headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Changes_without_an_origin_are_refused()
    {
        await using var page = await PageFixture.StartAsync();
        foreach (var (method, path) in Calls.Where(call => call.Method != "GET"))
        {
            var content = PageFixture.Json("{}");
            var (status, _, _) = await page.SendAsync(new HttpMethod(method), path, content, request => request.Headers.Remove("Origin"));
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task Calls_that_the_browser_attributes_to_another_site_are_refused(string site)
    {
        await using var page = await PageFixture.StartAsync();
        foreach (var (method, path) in Calls)
        {
            var (status, _, _) = await page.SendAsync(new HttpMethod(method), path, method == "GET" ? null : PageFixture.Json("{}"),
                request => request.Headers.Add("Sec-Fetch-Site", site));
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Bodies_that_a_form_of_another_site_can_send_are_refused(string? type)
    {
        await using var page = await PageFixture.StartAsync();
        foreach (var (_, path) in Calls.Where(call => call.Method == "POST"))
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
            content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
            var (status, _, _) = await page.SendAsync(HttpMethod.Post, path, content);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        }

        Assert.Empty(page.Emulator.Received.All);
    }

    [Fact]
    public async Task Preflight_gets_no_permission_while_the_emulator_gives_it()
    {
        await using var page = await PageFixture.StartAsync();
        var (status, _, headers) = await page.SendAsync(HttpMethod.Options, "/api/jobs", spoil: request =>
        {
            request.Headers.Remove("Origin");
            request.Headers.Remove(PageGuard.TokenHeader);
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", PageGuard.TokenHeader);
        });
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.DoesNotContain(headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));

        using var http = new HttpClient();
        using var emulated = await http.GetAsync(new Uri(page.Emulator.QueueAddress, "fal-ai/none"));
        Assert.Equal("*", emulated.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/playground.js")]
    [InlineData("/api/state")]
    [InlineData("/none")]
    public async Task Framing_inline_script_and_embedding_are_forbidden(string path)
    {
        await using var page = await PageFixture.StartAsync();
        var (_, _, headers) = await page.SendAsync(HttpMethod.Get, path);
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.DoesNotContain(headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(headers, header => header.Key is "Set-Cookie" or "Server");
    }

    [Theory]
    [InlineData("/../../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/..%5c..%5cwindows%5cwin.ini")]
    [InlineData("/playground.css/../../KlingGen.Cli.csproj")]
    [InlineData("/playground/index.html")]
    [InlineData("/index.html")]
    [InlineData("/Assets/index.html")]
    [InlineData("/playground.css%00.js")]
    [InlineData("//playground.css")]
    [InlineData("/api/../playground.pdb")]
    public async Task Paths_lead_to_nothing_but_the_assets(string path)
    {
        await using var page = await PageFixture.StartAsync();
        var answer = await page.SendRawAsync($"""
            GET {path} HTTP/1.1
            Host: 127.0.0.1:{page.Server.Address.Port}
            Connection: close


            """);
        Assert.Matches("^HTTP/1.1 40[014] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_listens_on_loopback_at_a_port_apart_from_the_emulator()
    {
        await using var page = await PageFixture.StartAsync();
        Assert.Equal("127.0.0.1", page.Server.Address.Host);
        var fal = page.Emulator;
        Uri[] hosts = [fal.QueueAddress, fal.RunAddress, fal.RestAddress, fal.MediaAddress, fal.PlatformAddress];
        Assert.DoesNotContain(page.Server.Address.Port, hosts.Select(host => host.Port));
    }

    [Fact]
    public async Task Page_is_served_under_localhost_as_well()
    {
        await using var page = await PageFixture.StartAsync();
        var host = $"localhost:{page.Server.Address.Port}";
        var (status, _, _) = await page.SendAsync(HttpMethod.Get, "/api/state", spoil: request => request.Headers.Host = host);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static string Fill(string text, PageFixture page)
        => text.Replace("{port}", $"{page.Server.Address.Port}", StringComparison.Ordinal)
            .Replace("{other}", $"{page.Emulator.MediaAddress.Port}", StringComparison.Ordinal);
}
