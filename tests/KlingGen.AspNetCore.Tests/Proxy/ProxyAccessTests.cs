using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KlingGen.AspNetCore.Tests.Harness;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KlingGen.AspNetCore.Tests.Proxy;

public sealed class ProxyAccessTests
{
    [Fact]
    public async Task Without_authorization_every_call_is_refused_outside_Development()
    {
        Action<WebApplication> bare = routes => routes.MapFalProxy(ProxyApp.Path, options => options.AllowedEndpoints.Add("**"));
        await using (var app = await ProxyApp.StartAsync(routes: bare))
        {
            using var response = await app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("RequireAuthorization", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Empty(app.Fal.Received.All);
        }
        await using var development = await ProxyApp.StartAsync(routes: bare, environment: "Development");
        Assert.Equal(HttpStatusCode.OK, await development.StatusOfAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input));
    }

    [Fact]
    public async Task The_policy_of_the_app_decides_who_may_call()
    {
        await using var app = await ProxyApp.StartAsync(
            routes: routes =>
            {
                routes.UseAuthentication();
                routes.UseAuthorization();
                routes.MapFalProxy(ProxyApp.Path, options => options.AllowedEndpoints.Add("**")).RequireAuthorization("members");
            },
            services: services =>
            {
                services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("test", null);
                services.AddAuthorizationBuilder().AddPolicy("members", policy => policy.RequireClaim("member", "yes"));
            });
        Assert.Equal(HttpStatusCode.Unauthorized, await app.StatusOfAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input));
        using var guest = await app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input, request => request.Headers.Add("X-Member", "no"));
        Assert.Equal(HttpStatusCode.Forbidden, guest.StatusCode);
        Assert.Empty(app.Fal.Received.All);
        using var member = await app.SendAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input, request => request.Headers.Add("X-Member", "yes"));
        Assert.Equal(HttpStatusCode.OK, member.StatusCode);
    }

    [Theory]
    [InlineData("fal-ai/kling-video/**", "https://queue.fal.run/fal-ai/kling-video/v1.6/pro/image-to-video", true)]
    [InlineData("fal-ai/kling-video/v1.6/*/image-to-video", "https://queue.fal.run/fal-ai/kling-video/v1.6/pro/image-to-video", true)]
    [InlineData("fal-ai/kling-video/v2.1/**", "https://queue.fal.run/fal-ai/kling-video/v1.6/pro/image-to-video", false)]
    [InlineData("fal-ai/kling-video", "https://queue.fal.run/fal-ai/kling-video/v1.6/pro/image-to-video", false)]
    [InlineData("fal-ai/flux/**", "https://fal.run/fal-ai/kling-video/v1.6/pro/image-to-video", false)]
    [InlineData("fal-ai/kling-video/**", "https://fal.run/fal-ai/kling-video/v1.6/pro/image-to-video", true)]
    public async Task Calls_are_limited_to_allowed_endpoints(string pattern, string target, bool allowed)
    {
        await using var app = await ProxyApp.StartAsync(
            routes: routes => routes.MapFalProxy(ProxyApp.Path, options => options.AllowedEndpoints.Add(pattern)).AllowAnonymous());
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await app.StatusOfAsync("POST", target, ProxyApp.Input));
        Assert.Equal(allowed ? 1 : 0, app.Fal.Received.All.Count);
    }

    [Theory]
    [InlineData("fal-ai/kling-video/v1.6/pro/*", "fal-ai/kling-video", true)]
    [InlineData("fal-ai/**", "fal-ai/kling-video", true)]
    [InlineData("**", "fal-ai/kling-video", true)]
    [InlineData("fal-ai/flux/**", "fal-ai/kling-video", false)]
    [InlineData("fal-ai", "fal-ai/kling-video", false)]
    public async Task Jobs_are_limited_to_the_apps_of_allowed_endpoints(string pattern, string appId, bool allowed)
    {
        await using var app = await ProxyApp.StartAsync(
            routes: routes => routes.MapFalProxy(ProxyApp.Path, options => options.AllowedEndpoints.Add(pattern)).AllowAnonymous());
        var expected = allowed ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden;
        Assert.Equal(expected, await app.StatusOfAsync("GET", $"https://queue.fal.run/{appId}/requests/abc/status?logs=1"));
        Assert.Equal(expected, await app.StatusOfAsync("PUT", $"https://queue.fal.run/{appId}/requests/abc/cancel"));
    }

    [Fact]
    public async Task No_endpoint_is_allowed_outside_Development_unless_listed()
    {
        await using var app = await ProxyApp.StartAsync(routes: routes => routes.MapFalProxy().AllowAnonymous());
        Assert.Equal(HttpStatusCode.Forbidden, await app.StatusOfAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input));
        await using var development = await ProxyApp.StartAsync(routes: routes => routes.MapFalProxy(), environment: "Development");
        Assert.Equal(HttpStatusCode.OK, await development.StatusOfAsync("POST", ProxyApp.SubmitUrl, ProxyApp.Input));
    }

    [Fact]
    public async Task Uploads_direct_runs_and_webhooks_have_switches()
    {
        const string Upload = "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3";
        const string File = """{"content_type": "image/png", "file_name": "a.png"}""";
        const string Run = "https://fal.run/" + ProxyApp.Endpoint;
        const string Hook = ProxyApp.SubmitUrl + "?fal_webhook=https%3A%2F%2Fevil.example%2F";
        await using (var app = await ProxyApp.StartAsync(options => (options.AllowUploads, options.AllowDirectRuns) = (false, false)))
        {
            Assert.Equal(HttpStatusCode.Forbidden, await app.StatusOfAsync("POST", Upload, File));
            Assert.Equal(HttpStatusCode.Forbidden, await app.StatusOfAsync("POST", Run, ProxyApp.Input));
            Assert.Equal(HttpStatusCode.BadRequest, await app.StatusOfAsync("POST", Hook, ProxyApp.Input));
            Assert.Empty(app.Fal.Received.All);
        }
        await using var open = await ProxyApp.StartAsync(options => options.AllowWebhooks = true);
        Assert.Equal(HttpStatusCode.OK, await open.StatusOfAsync("POST", Upload, File));
        Assert.Equal(HttpStatusCode.OK, await open.StatusOfAsync("POST", Run, ProxyApp.Input));
        Assert.Equal(HttpStatusCode.OK, await open.StatusOfAsync("POST", Hook, ProxyApp.Input));
    }

    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Member"] is not [{ } member]) return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new Claim("member", member)], "test");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "test")));
        }
    }
}
