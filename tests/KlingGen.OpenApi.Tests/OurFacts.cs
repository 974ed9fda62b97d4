using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Schemas;

namespace KlingGen.OpenApi.Tests;

/// <summary>KlingGen's reading of a document: one line per property of each component, in the words of <see cref="ReadersFacts"/>.</summary>
internal static class OurFacts
{
    public static SortedSet<string> Read(string file, string text)
    {
        var reading = SpecReader.Read(new SpecSource(file, file[..^".json".Length], false, text, EquatableArray<SpecOverlay>.Empty));
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var component in JsonReader.Read(text).Root!.Get("components")!.Get("schemas")!.Members)
        {
            // A type is anchored at its title, or at its brace if it has none.
            var start = component.Value.Get("title")?.Range.Start ?? component.Value.Range.Start;
            var name = reading.Anchors!.Types.FirstOrDefault(anchor => anchor.Location.Range.Start == start)?.Name;
            if (reading.Model!.Types.FirstOrDefault(type => type.Name == name) is not ObjectModel type) continue;
            foreach (var property in type.Properties)
                facts.Add(
                    $"{component.Name}.{property.WireName}: {(property.IsRequired ? "required " : "")}{Describe(property.Type, reading.Model)}");
        }

        return facts;
    }

    private static string Describe(TypeUse use, SpecModel model)
    {
        var limits = use.Constraints;
        return use.Kind switch
        {
            TypeKind.Text or TypeKind.Media => "string" + ReadersFacts.Limits(limits.MinLength, limits.MaxLength),
            TypeKind.Boolean => "boolean",
            TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide => "integer" + ReadersFacts.Limits(Number(limits.Minimum), Number(limits.Maximum)),
            TypeKind.Number => "number" + ReadersFacts.Limits(Number(limits.Minimum), Number(limits.Maximum)),
            TypeKind.List => "array" + ReadersFacts.Limits(limits.MinItems, limits.MaxItems) + " of " + Describe(use.Element!, model),
            TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum
                => "enum " + string.Join(' ', Find<EnumModel>(use, model).Values.Select(value => value.Wire)),
            TypeKind.Union => "one of " + string.Join(", ",
                Find<UnionModel>(use, model).Branches.Select(branch => Describe(branch.Type, model)).Distinct().Order(StringComparer.Ordinal)),
            _ => "object",
        };
    }

    private static T Find<T>(TypeUse use, SpecModel model)
        where T : TypeModel
        => model.Types.OfType<T>().First(type => type.Name == use.Name);

    private static decimal? Number(string? text)
        => text is null ? null : decimal.Parse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
