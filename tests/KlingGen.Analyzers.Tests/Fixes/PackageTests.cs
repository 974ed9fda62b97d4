using System.Xml.Linq;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>What the package brings beside the runtime.</summary>
public sealed class PackageTests
{
    private static readonly XDocument Project = XDocument.Load(
        Path.Combine(Repository.Root, "runtime", "KlingGen.Runtime", "KlingGen.Runtime.csproj"));

    [Fact]
    public void The_generator_and_the_fixes_are_packed_and_nothing_else_is_loaded_beside_them()
    {
        var packed = Project.Descendants("None")
            .Where(item => item.Attribute("PackagePath")?.Value.StartsWith("analyzers", StringComparison.Ordinal) == true);
        Assert.Equal("$(GeneratorDll);$(CodeFixesDll)", Assert.Single(packed).Attribute("Include")?.Value);
    }

    [Fact]
    public void Packing_fails_where_one_of_them_is_missing()
    {
        var guard = Assert.Single(Project.Descendants("Target"), target => target.Attribute("BeforeTargets")?.Value == "GenerateNuspec");
        Assert.Equal(
            ["!Exists('$(GeneratorDll)')", "!Exists('$(CodeFixesDll)')"],
            guard.Elements("Error").Select(error => error.Attribute("Condition")?.Value));
    }
}
