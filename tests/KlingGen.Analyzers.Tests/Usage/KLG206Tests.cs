namespace KlingGen.Analyzers.Tests.Usage;

/// <summary>Keys in apps that run in the browser.</summary>
public sealed class KLG206Tests
{
    private const string Host = "namespace Microsoft.AspNetCore.Components.WebAssembly.Hosting { public sealed class WebAssemblyHostBuilder; } ";

    [Fact]
    public async Task It_fires_where_the_browsers_host_is_known()
        => await Analyze.Expect(
            "namespace Mine { class C { public FalClient Make(string key) => new({|KLG206:key|}); public FalClient None() => new(); } } " + Host);

    [Fact]
    public async Task The_server_of_a_hosted_app_is_no_browser()
        => await Analyze.Expect(
            "namespace Mine { class C { public FalClient Make(string key) => new(key); } } " + Host
                + "namespace Microsoft.AspNetCore.Builder { public sealed class WebApplication; }");
}
