using System.Globalization;
using System.Text.Json.Nodes;
using KlingGen.Generator.Tests.Toolchain;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// A refreshed document replaces the repository's, and the API stays the same: descriptions, examples, layout and key order
/// come from fal, and the overlays still apply.
/// </summary>
public sealed class FreshDocumentTests(ITestOutputHelper output)
{
    private static readonly string[] Words = ["description", "summary", "about", "examples", "example"];

    [Fact]
    public void The_whole_catalogue_in_other_words_and_another_order_gives_the_same_API()
    {
        var ours = Catalogue.Read();
        var fresh = ours.Select(
            file => file.Key.EndsWith(".overlay", StringComparison.Ordinal) ? file : new SpecText(file.Key, Fresh(file.GetText().ToString())))
                .ToArray();
        var (before, after) = (Surface(ours), Surface(fresh));
        Assert.Empty(before.Except(after).Concat(after.Except(before)).Take(10));
        Assert.Equal(before, after);
        output.WriteLine($"{ours.Length} files, {before.Count} types and members");
        Assert.Contains("Duration10 = 2", string.Join('\n', before), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_has_changed_is_seen()
    {
        var ours = Catalogue.Read().Single(file => file.Key == "fal-ai/kling-video/v1/tts");
        var changed = new SpecText(ours.Key, ours.GetText().ToString().Replace("\"maximum\": 2", "\"maximum\": 3", StringComparison.Ordinal));
        Assert.NotEqual(Surface([ours]), Surface([changed]));
    }

    private static string Fresh(string text)
    {
        var document = Mutations.Shuffle(JsonNode.Parse(text), new Random(text.Length))!;
        Reword(document);
        return document.ToJsonString();
    }

    private static void Reword(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Reword(item);
        }

        if (node is not JsonObject holder) return;
        foreach (var (key, value) in holder.ToArray())
        {
            // A property may be called like one of the words; then it is a schema.
            if (!Words.Contains(key) || (value is JsonObject && key is not "example")) Reword(value);
            else if (value is JsonValue && key is not "example") holder[key] = "Said in fal's way: <b>" + key + "</b>.";
            else holder.Remove(key);
        }
    }

    /// <summary>
    /// Every public type and member with its attributes and the value of a constant; not the documentation, and not
    /// what the example shows.
    /// </summary>
    private static List<string> Surface(IEnumerable<SpecText> files)
    {
        // Symbols are enough here: that the catalogue compiles without a warning is what the build of the specs' tests shows.
        var outcome = Driver.Run(files.ToArray());
        Assert.Empty(outcome.Problems);
        return [.. Emitted.Types(outcome.Compilation).Where(type => type.DeclaredAccessibility == Accessibility.Public).SelectMany(Lines)
            .Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Lines(INamedTypeSymbol type)
        => type.GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public && member.Name != "Example").Append(type)
            .Select(Line);

    private static string Line(ISymbol symbol)
        => string.Join(' ', symbol.GetAttributes().Select(attribute => attribute.ToString()).Append(symbol.ToDisplayString()))
            + (symbol is IFieldSymbol { HasConstantValue: true } field
                ? string.Create(CultureInfo.InvariantCulture, $" = {field.ConstantValue}")
                : "");
}
