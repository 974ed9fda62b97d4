using KlingGen.AspNetCore.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace KlingGen.AspNetCore.Tests.Webhooks;

public sealed class WebhookUrlTests
{
    private const string Old = "the-old-secret-of-at-least-32-characters";
    private const string New = "the-new-secret-of-at-least-32-characters";

    [Fact]
    public async Task UrlFor_joins_the_public_URL_the_path_and_a_signed_query()
    {
        await using var app = await WebhookApp.StartAsync(
            Map, options => (options.PublicBaseUrl, options.Secret) = (new("https://app.example.com/base/"), Old));
        var url = app.Webhooks.UrlFor("fal", WebhookApp.Endpoint, "row:7");
        Assert.StartsWith(
            "https://app.example.com/base/hooks/fal"
            + "?fal_endpoint=fal-ai%2Fkling-video%2Fv1.6%2Fpro%2Fimage-to-video&fal_ledger=row%3A7&fal_signature=",
            url.AbsoluteUri,
            StringComparison.Ordinal);
        Assert.Equal(url, app.Webhooks.UrlFor("fal", WebhookApp.Endpoint, "row:7"));
        Assert.DoesNotContain(app.App.Log.Own, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UrlFor_says_what_is_missing()
    {
        await using var app = await WebhookApp.StartAsync(Map, options => options.PublicBaseUrl = null);
        var unset = Assert.Throws<InvalidOperationException>(() => app.Webhooks.UrlFor("fal"));
        Assert.Contains("Fal:PublicBaseUrl", unset.Message, StringComparison.Ordinal);
        Assert.Contains(app.App.Log.Own, line => line.Contains("Fal:PublicBaseUrl is not set", StringComparison.Ordinal));

        await using var other = await WebhookApp.StartAsync(Map);
        var unknown = Assert.Throws<InvalidOperationException>(() => other.Webhooks.UrlFor("nothing"));
        Assert.Contains("WithName(\"nothing\")", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => other.Webhooks.UrlFor("fal", "https://evil.example/x"));
        Assert.Throws<ArgumentException>(() => other.Webhooks.UrlFor("fal", ledgerId: "a b"));
        Assert.Contains(other.App.Log.Own, line => line.Contains("loopback", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_former_secret_is_accepted_and_a_removed_one_is_not()
    {
        await using var before = await WebhookApp.StartAsync(Map, options => options.Secret = Old);
        var query = before.Webhooks.UrlFor("fal", WebhookApp.Endpoint).Query;
        await using var during = await WebhookApp.StartAsync(Map, options =>
        {
            options.Secret = New;
            options.PreviousSecrets.Add(Old);
        });
        await using var after = await WebhookApp.StartAsync(Map, options => options.Secret = New);
        Assert.Equal(System.Net.HttpStatusCode.OK, await during.DeliverAsync(new("/hooks/fal" + query, UriKind.Relative)));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await after.DeliverAsync(new("/hooks/fal" + query, UriKind.Relative)));
    }

    [Fact]
    public async Task AddFalWebhooks_reads_the_configuration()
    {
        await using var fal = await FalEmulator.StartAsync(new() { Bundled = { } });
        await using var app = await TestApp.StartAsync(
            fal,
            (builder, _) =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Fal:PublicBaseUrl"] = "https://app.example.com",
                    ["Fal:WebhookSecret"] = New,
                    ["Fal:PreviousWebhookSecrets:0"] = Old,
                    ["Fal:WebhookUserId"] = "github|1",
                });
                builder.Services.AddFalWebhooks();
            },
            Map);
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<FalWebhooksOptions>>().Value;
        Assert.Equal(("https://app.example.com/", New, "github|1"), (options.PublicBaseUrl!.AbsoluteUri, options.Secret, options.UserId));
        Assert.Equal([Old], options.PreviousSecrets);
    }

    [Fact]
    public async Task The_app_does_not_start_with_options_that_cannot_work()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await WebhookApp.StartAsync(Map, options => options.Secret = "short"));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await WebhookApp.StartAsync(Map, options => options.PublicBaseUrl = new("ftp://a.example")));
        await using var fal = await FalEmulator.StartAsync();
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(async () => await TestApp.StartAsync(fal, (_, _) => { }, Map));
        Assert.Contains("AddFalWebhooks", missing.Message, StringComparison.Ordinal);
    }

    private static void Map(WebApplication routes)
        => routes.MapFalWebhook("/hooks/fal", (_, _) => Task.CompletedTask).WithName("fal");
}
