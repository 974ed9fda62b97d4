using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace KlingGen.Aspire.Tests;

/// <summary>What the resources say to the apps that reference them.</summary>
public sealed partial class FalResourceTests
{
    private const string Key = "some-id:some-secret";

    [Fact]
    public async Task Connection_string_has_the_key_of_the_parameter()
    {
        var builder = CreateBuilder();
        builder.Configuration["Parameters:fal-key"] = Key;
        var fal = builder.AddFal("fal").Resource;
        Assert.True(fal.KeyParameter.Secret);
        Assert.Equal("Key=" + Key, await fal.ConnectionStringExpression.GetValueAsync(default));
    }

    [Fact]
    public async Task Key_falls_back_to_FAL_KEY()
    {
        var builder = CreateBuilder();
        builder.Configuration["FAL_KEY"] = Key;
        Assert.Equal("Key=" + Key, await builder.AddFal("fal").Resource.ConnectionStringExpression.GetValueAsync(default));
    }

    [Fact]
    public async Task Missing_key_is_an_error_that_names_the_ways_to_set_it()
    {
        var builder = CreateBuilder();
        builder.Configuration["FAL_KEY"] = null;
        var fal = builder.AddFal("fal").Resource;
        var error = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await fal.ConnectionStringExpression.GetValueAsync(default));
        Assert.Contains("dotnet user-secrets set Parameters:fal-key", error.Message, StringComparison.Ordinal);
        Assert.Contains("FAL_KEY", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_app_has_the_secret_parameter_and_no_emulator()
    {
        var builder = CreateBuilder("--operation", "publish");
        var fal = builder.AddFal("fal").RunAsEmulator().Resource;
        Assert.False(fal.IsEmulator);
        Assert.Equal("Key={fal-key.value}", fal.ConnectionStringExpression.ValueExpression);
        Assert.Empty(builder.Resources.OfType<FalEmulatorResource>());
    }

    [Fact]
    public void Emulator_takes_the_place_of_key_and_addresses()
    {
        var builder = CreateBuilder();
        var fal = builder.AddFal("fal").RunAsEmulator(port: 17800).Resource;
        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "fal-key");
        var ports = fal.Emulator!.Annotations.OfType<EndpointAnnotation>().ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Port);
        Assert.Equal(
            new Dictionary<string, int?> { ["queue"] = 17800, ["run"] = 17801, ["rest"] = 17802, ["media"] = 17803, ["platform"] = 17804 }, ports);
        Assert.All(fal.Emulator.Annotations.OfType<EndpointAnnotation>(), endpoint => Assert.False(endpoint.IsProxied));
        Assert.Equal(
            ["Key", "Queue_Address", "Run_Address", "Rest_Address", "Platform_Address"], fal.GetConnectionProperties().Select(item => item.Key));
        Assert.Throws<InvalidOperationException>(() => builder.CreateResourceBuilder(fal).RunAsEmulator());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65532)]
    public void Ports_that_do_not_exist_are_refused(int port)
    {
        var fal = CreateBuilder().AddFal("fal");
        Assert.Throws<ArgumentOutOfRangeException>(nameof(port), () => fal.RunAsEmulator(port: port));
        Assert.False(fal.Resource.IsEmulator);
    }

    [Fact]
    public async Task Webhook_without_emulator_sets_nothing_unless_a_public_endpoint_is_given()
    {
        var builder = CreateBuilder();
        builder.Configuration["FAL_KEY"] = Key;
        var fal = builder.AddFal("fal");
        var app = builder.AddExecutable("app", "app", ".").WithHttpEndpoint(port: 5001, name: "http", isProxied: false);
        fal.WithWebhook(app, "/hooks/fal");
        Assert.DoesNotContain("Fal__PublicBaseUrl", (await VariablesAsync(app.Resource)).Keys);

        var tunnel = builder.AddExecutable("tunnel", "tunnel", ".").WithHttpEndpoint(port: 5002, name: "http", isProxied: false);
        fal.WithWebhook(app, "/hooks/fal", tunnel.GetEndpoint("http"));
        var variables = await VariablesAsync(app.Resource);
        Assert.Equal("{tunnel.bindings.http.url}", variables["Fal__PublicBaseUrl"]);
        Assert.Equal("{tunnel.bindings.http.url}/hooks/fal", variables["FAL_WEBHOOK_URL"]);
        Assert.Throws<ArgumentException>(() => fal.WithWebhook(app, "hooks/fal"));
    }

    [Fact]
    public async Task Missing_tool_is_an_error_of_the_resource_that_names_the_install_command()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var builder = CreateBuilder();
        builder.AddFal("fal").RunAsEmulator(toolPath: "/missing/klinggen");
        await using var app = builder.Build();
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync("fal-emulator", KnownResourceStates.FailedToStart, limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync("fal", KnownResourceStates.FailedToStart, limit.Token);
        await app.WaitForLineAsync("fal-emulator", InstallCommand(), limit.Token);
    }

    [GeneratedRegex("dotnet tool install KlingGen.Cli")]
    private static partial Regex InstallCommand();

    private static IDistributedApplicationBuilder CreateBuilder(params string[] args)
        => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true, AssemblyName = "AppHost" });

    private static async Task<IReadOnlyDictionary<string, string>> VariablesAsync(ExecutableResource resource)
    {
        var context = new EnvironmentCallbackContext(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish));
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>()) await callback.Callback(context);
        return context.EnvironmentVariables.ToDictionary(
            item => item.Key, item => item.Value is IManifestExpressionProvider expression ? expression.ValueExpression : (string)item.Value);
    }
}
