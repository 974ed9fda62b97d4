using System.Net;
using Fal.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

/// <summary>The whole app in memory: its own registration, over a fal in memory.</summary>
public class AppTests
{
    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(Action<FalTestRun> run, string prompt)
    {
        using var handler = new FalTestHandler(run);
        await using var app = new WebApplicationFactory<Clips>().WithWebHostBuilder(web => web.ConfigureServices(services =>
            services.AddFal().Configure(options => options.Key = "consumer:secret").HttpClient.ConfigurePrimaryHttpMessageHandler(() => handler)));
        using var client = app.CreateClient();
        using var response = await client.PostAsync(new Uri("/clips?prompt=" + prompt, UriKind.Relative), null);
        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal("Healthy", await health.Content.ReadAsStringAsync());
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Clips_answers_with_the_url()
        => Assert.Equal(
            (HttpStatusCode.OK, "https://files.example/heron.mp4"),
            await PostAsync(run => run.InQueue(1).CompleteJson("""{"video":{"url":"https://files.example/heron.mp4"}}"""), "heron"));

    [Fact]
    public async Task Clips_answers_400_with_the_property_that_fal_refused()
    {
        var (status, body) = await PostAsync(run => run.Reject("prompt", "is not nice"), "heron");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"prompt\":[\"is not nice\"]", body, StringComparison.Ordinal);
    }
}
