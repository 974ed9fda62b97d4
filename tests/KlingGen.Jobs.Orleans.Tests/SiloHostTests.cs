using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Fal.Jobs.Tests;
using KlingGen.Aspire.Tests;

namespace Fal.Jobs.Orleans.Tests;

/// <summary>The sample AppHost with two silos.</summary>
public sealed partial class SiloHostTests(PostgreSqlServer server) : DatabaseTests(server)
{
    [Fact]
    public async Task Order_at_one_silo_is_saved_by_the_cluster_after_a_webhook()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var folder = Directory.CreateTempSubdirectory("klinggen-silohost-").FullName;
        var tool = typeof(SiloHostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "AspireTool").Value!;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SiloHost>(
            ["--klinggen", tool, "--ConnectionStrings:jobs", ConnectionString], (options, _) => options.DisableDashboard = true, limit.Token);
        foreach (var name in new[] { "silo1", "silo2" })
            builder.CreateResourceBuilder<ProjectResource>(name).WithEnvironment("Films", folder);
        await using (var app = await builder.BuildAsync(limit.Token))
        {
            await app.StartAsync(limit.Token);
            foreach (var name in new[] { "silo1", "silo2" })
                await app.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.Running, limit.Token);
            using var one = app.CreateHttpClient("silo1", "http");
            using var two = app.CreateHttpClient("silo2", "http");
            using var accepted = await one.PostAsJsonAsync("/orders/4711", new { prompt = "Snow falls." }, limit.Token);
            Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync(limit.Token));

            var order = await two.GetFromJsonAsync<JsonElement>("/orders/4711", limit.Token);
            while (order.GetProperty("state").GetString() != "Saved")
            {
                await Task.Delay(200, limit.Token);
                order = await two.GetFromJsonAsync<JsonElement>("/orders/4711", limit.Token);
            }
            Assert.Single(order.GetProperty("files").EnumerateArray());
            // Whichever silo sent the job gave its own URL.
            await Task.WhenAny(app.WaitForLineAsync("silo1", Taken(), limit.Token), app.WaitForLineAsync("silo2", Taken(), limit.Token)).Unwrap();
            Assert.Contains("<html", await one.GetStringAsync("/dashboard/", limit.Token), StringComparison.OrdinalIgnoreCase);
        }
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("Request finished .*/hooks/jobs.* - 200 ")]
    private static partial Regex Taken();
}
