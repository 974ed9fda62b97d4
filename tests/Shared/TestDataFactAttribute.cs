using Xunit.Sdk;

namespace KlingGen.Testing;

/// <summary>
/// A test that needs files from outside this repository. Without them it is skipped, with the reason. It has the trait Needs=Corpus, so that
/// <c>dotnet test --filter Needs=Corpus</c> runs these tests alone.
/// </summary>
/// <param name="traitName">
/// Leave out. xunit reads a trait from the arguments of the constructor, and the compiler writes default values into the metadata.
/// </param>
/// <param name="traitValue">Leave out.</param>
[TraitDiscoverer("Xunit.Sdk.TraitDiscoverer", "xunit.core")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TestDataFactAttribute(string traitName = "Needs", string traitValue = "Corpus") : FactAttribute, ITraitAttribute
{
    public string TraitName => traitName;

    public string TraitValue => traitValue;

    /// <summary>The file or folder that the test needs, relative to the folder in KLINGGEN_TESTDATA.</summary>
    public string Path { get; init; } = "corpus";

    public override string? Skip => TestData.MissingReason(Path);
}

/// <summary>The same for a test with several cases.</summary>
/// <param name="traitName">Leave out.</param>
/// <param name="traitValue">Leave out.</param>
[TraitDiscoverer("Xunit.Sdk.TraitDiscoverer", "xunit.core")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TestDataTheoryAttribute(string traitName = "Needs", string traitValue = "Corpus") : TheoryAttribute, ITraitAttribute
{
    public string TraitName => traitName;

    public string TraitValue => traitValue;

    /// <summary>The file or folder that the test needs, relative to the folder in KLINGGEN_TESTDATA.</summary>
    public string Path { get; init; } = "corpus";

    public override string? Skip => TestData.MissingReason(Path);
}
