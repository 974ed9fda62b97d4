using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Generator.Tests;

/// <summary>What the package's targets tell the compiler: metadata of additional files and properties of the project.</summary>
internal sealed class SpecOptions(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; }
        = new Values(properties.ToDictionary(pair => "build_property." + pair.Name, pair => pair.Value));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Values.None;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => textFile is SpecText spec
        ? new Values(new()
        {
            ["build_metadata.AdditionalFiles.FalSpec"] = spec.IsEndpointList ? "" : spec.Key,
            ["build_metadata.AdditionalFiles.FalEndpointList"] = spec.IsEndpointList ? "true" : "",
            ["build_metadata.AdditionalFiles.FalSpecBundled"] = spec.IsBundled ? "true" : "",
        })
        : Values.None;

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public static readonly Values None = new([]);

        // The attribute that the base carries exists twice here: in the framework and among the generator's own stand-ins for it.
#pragma warning disable CS8765
        public override bool TryGetValue(string key, out string? value) => values.TryGetValue(key, out value);
    }
}
