using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Analyzers.Usage;

/// <summary>Detects projects whose assembly every visitor downloads, such as Blazor WebAssembly.</summary>
internal static class BrowserProject
{
    public static bool Is(Compilation compilation, AnalyzerConfigOptions options)
    {
        if (Has(options, "RuntimeIdentifier", "browser-wasm") || Has(options, "TargetPlatformIdentifier", "browser")) return true;
        if (Has(options, "UsingMicrosoftNETSdkBlazorWebAssembly", "true") || Has(options, "_SupportedPlatformList", "browser")) return true;

        // The server of a hosted app sees the browser's types through its reference to the client project.
        return compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHostBuilder") is not null
            && compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.WebApplication") is null;
    }

    private static bool Has(AnalyzerConfigOptions options, string property, string value)
        => options.TryGetValue("build_property." + property, out var set) && string.Equals(set, value, System.StringComparison.OrdinalIgnoreCase);
}
