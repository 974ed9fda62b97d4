using System.Reflection;
using System.Xml.Linq;
using Fal.Tests;
using Fal.Tests.PublicApi;

namespace Fal.Emulation.Tests.PublicApi;

public sealed class EmulatorApiTests
{
    private static readonly Assembly Emulator = typeof(FalEmulator).Assembly;

    [Fact]
    public void The_public_surface_is_the_reviewed_one() => RepositoryFiles.Matches("runtime/KlingGen.Emulator/PublicApi.txt", ApiListing.Write(ApiListing.Types(Emulator)));

    [Fact]
    public void Everything_public_is_documented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(Emulator.Location, ".xml")).Descendants("member")
            .Where(member => member.Descendants("inheritdoc").Any() || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
        var missing = ApiListing.Types(Emulator)
            .SelectMany(type => ApiListing.Members(type).Where(member => member is not ConstructorInfo && member.Name != "Deconstruct").Prepend(type))
            .Select(DocumentationId.Of).Where(id => !documented.Contains(id)).ToArray();
        Assert.True(missing.Length == 0, "Without documentation:\n" + string.Join('\n', missing));
    }
}
