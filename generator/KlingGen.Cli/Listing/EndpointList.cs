using System.Xml.Linq;
using KlingGen.Cli.Documents;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Cli.Listing;

/// <summary>Makes the list of endpoints from the plan by which the generator would emit them, so that every name is the one in the code.</summary>
internal static class EndpointList
{
    public static IReadOnlyList<EndpointEntry> Of(SpecSet set)
    {
        var paths = ClientPath.All(set.Plan);
        var entries = new List<EndpointEntry>();
        foreach (var file in set.Plan.Files.OfType<EndpointFileModel>())
        {
            if (file.Endpoint is not { } endpoint) continue;
            var at = Enumerable.Range(0, set.Sources.Count).First(i => ReferenceEquals(set.Readings[i].Model?.Endpoint, endpoint));
            var model = set.Readings[at].Model!;
            entries.Add(new EndpointEntry(
                endpoint.Id,
                paths[(file.App.Namespace, file.ClientName)],
                FullName(endpoint.Input, file),
                FullName(endpoint.Output, file),
                set.Sources[at].Path,
                [.. Find(endpoint.Input, model) is ObjectModel request ? request.Properties.Where(property => !property.IsFixed).Select(property => Input(property, request, model)) : []]));
        }

        return [.. entries.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    private static string? FullName(TypeUse use, EndpointFileModel file) => use.Kind switch
    {
        TypeKind.Object or TypeKind.Union => EmissionOptions.DefaultNamespace + "." + file.App.Namespace + "."
            + file.Bindings.First(binding => binding.Local == use.Name).Final,
        TypeKind.File => "Fal.FalFile",
        TypeKind.Image => "Fal.FalImage",
        _ => null,
    };

    private static TypeModel? Find(TypeUse use, SpecModel model) => use.Name is null ? null : model.Types.FirstOrDefault(type => type.Name == use.Name);

    private static InputEntry Input(PropertyModel property, ObjectModel request, SpecModel model)
    {
        return new InputEntry(
            property.WireName,
            property.Name,
            TypeWords(property.Type, model),
            property.IsRequired,
            PlainText(ConstraintWords.Constraints(property.Type)),
            PlainText(CrossFieldRuleWords.Describe(property, request)),
            Find(property.Type, model) is EnumModel choice ? [.. choice.Values.Select(value => value.Wire)] : null,
            property.Default is { IsNull: false } value ? ValueText(value) : null);
    }

    private static string TypeWords(TypeUse use, SpecModel model) => use.Kind switch
    {
        TypeKind.Text or TypeKind.TextEnum => "text",
        TypeKind.Boolean => "true or false",
        TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.IntegerEnum => "integer",
        TypeKind.Number or TypeKind.NumberEnum => "number",
        TypeKind.Media => "media",
        TypeKind.File or TypeKind.Image => "file",
        TypeKind.Object => use.Name!,
        TypeKind.Union => Find(use, model) is UnionModel union ? string.Join(" or ", union.Branches.Select(branch => TypeWords(branch.Type, model)).Distinct()) : use.Name!,
        TypeKind.List => "list of " + TypeWords(use.Element!, model),
        TypeKind.Map => "map of " + TypeWords(use.Element!, model),
        _ => "JSON",
    };

    private static string ValueText(ValueModel value) => value.Kind switch
    {
        TypeKind.List => "[" + string.Join(", ", value.Items.Select(ValueText)) + "]",
        TypeKind.Object or TypeKind.Map => "{" + string.Join(", ", value.Members.Select(member => member.Name + ": " + ValueText(member.Value))) + "}",
        _ => value.Text,
    };

    /// <summary>Core words limits for documentation comments; here they are read, not rendered.</summary>
    private static string? PlainText(string xml) => xml.Length == 0 ? null : XElement.Parse("<text>" + xml + "</text>").Value;
}
