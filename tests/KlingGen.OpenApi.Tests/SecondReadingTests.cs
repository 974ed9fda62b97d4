namespace KlingGen.OpenApi.Tests;

/// <summary>KlingGen's reading of the bundled documents beside that of Microsoft.OpenApi.Readers, which shares no code with it.</summary>
public sealed class SecondReadingTests
{
    public static TheoryData<string> Documents => [.. SpecFolder.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Both_readings_agree_on_properties_types_enums_and_limits(string file)
    {
        var text = SpecFolder.Text(file);
        var ours = OurFacts.Read(file, text);
        var components = ours.Select(fact => fact[..fact.IndexOf('.', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);

        // Only types that are emitted from the document are compared: files and the queue's own status are hand-written in the runtime.
        var theirs = ReadersFacts.Read(text).Where(fact => components.Contains(fact[..fact.IndexOf('.', StringComparison.Ordinal)]));
        Assert.NotEmpty(ours);
        Assert.Equal(theirs.Select(WithoutConst), ours.Select(WithoutConst));
    }

    // 'const' is a keyword of OpenAPI 3.1, which this reader does not know: it sees a plain string.
    private static string WithoutConst(string fact)
    {
        var value = fact.IndexOf(": enum ", StringComparison.Ordinal);
        return value > 0 && !fact[(value + ": enum ".Length)..].Contains(' ', StringComparison.Ordinal) ? fact[..value] + ": string" : fact;
    }
}
