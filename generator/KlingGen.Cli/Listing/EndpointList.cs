using System.Xml.Linq;
using KlingGen.Cli.Documents;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Cli.Listing;

/// <summary>Makes the list of endpoints from the plan by which the generator would emit them, so that every name is the one in the code.</summary>
internal static class EndpointList
{
    public static IReadOnlyList<EndpointEntry> FromSpecs(SpecSet set)
    {
        var paths = ClientPath.All(set.Plan);
        var entries = new List<EndpointEntry>();
        foreach (var file in set.Plan.Files.OfType<EndpointFileModel>())
        {
            if (file.Endpoint is not { } endpoint) continue;
            var at = Enumerable.Range(0, set.Sources.Count).First(i => ReferenceEquals(set.Readings[i].Model?.Endpoint, endpoint));
            var model = set.Readings[at].Model!;
            var types = new Types(model, name => file.Bindings.FirstOrDefault(binding => binding.Local == name)?.Final ?? name);
            var request = types.Find(endpoint.Input) as ObjectModel;
            entries.Add(new EndpointEntry(
                endpoint.Id,
                paths[(file.App.Namespace, file.ClientName)],
                FullName(endpoint.Input, file),
                FullName(endpoint.Output, file),
                set.Sources[at].Path,
                request is null ? [] : types.Inputs(request),
                request is null ? [] : types.Inside(request)));
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

    private static string ValueText(ValueModel value) => value.Kind switch
    {
        TypeKind.List => "[" + string.Join(", ", value.Items.Select(ValueText)) + "]",
        TypeKind.Object or TypeKind.Map => "{" + string.Join(", ", value.Members.Select(member => member.Name + ": " + ValueText(member.Value)))
            + "}",
        _ => value.Text,
    };

    /// <summary>Core words limits for documentation comments; here they are read, not rendered.</summary>
    public static string? PlainText(string xml) => xml.Length == 0 ? null : XElement.Parse("<text>" + xml + "</text>").Value;

    /// <summary>The types of one document, under their final names.</summary>
    private sealed class Types(SpecModel model, Func<string, string> finalName)
    {
        public TypeModel? Find(TypeUse use) => use.Name is null ? null : model.Types.FirstOrDefault(type => type.Name == use.Name);

        public IReadOnlyList<InputEntry> Inputs(ObjectModel holder)
            => [.. holder.Properties.Where(property => !property.IsFixed).Select(property => Input(property, holder))];

        /// <summary>The types of objects inside another, each once, in the order in which they occur.</summary>
        public IReadOnlyList<TypeEntry> Inside(ObjectModel root)
        {
            var found = new List<ObjectModel> { root };
            for (var i = 0; i < found.Count; i++)
            {
                foreach (var property in found[i].Properties.Where(property => !property.IsFixed)) Collect(property.Type, found);
            }

            return [.. found.Skip(1).Select(type => new TypeEntry(finalName(type.Name), Inputs(type)))];
        }

        private void Collect(TypeUse use, List<ObjectModel> found)
        {
            if (use.Element is not null) Collect(use.Element, found);
            switch (Find(use))
            {
                case ObjectModel type when !found.Contains(type): found.Add(type); break;
                case UnionModel union: foreach (var branch in union.Branches) Collect(branch.Type, found); break;
            }
        }

        private InputEntry Input(PropertyModel property, ObjectModel holder)
        {
            var choice = Choice(property.Type);
            return new InputEntry(
                property.WireName,
                property.Name,
                Words(property.Type, withValues: false),
                Words(property.Type, withValues: true),
                property.IsRequired,
                PlainText(ConstraintWords.Constraints(property.Type)),
                EndpointConstraints.ToJson(property.Type),
                PlainText(CrossFieldRuleWords.Describe(property, holder)),
                choice is null ? null : finalName(choice.Name),
                choice is null ? null : [.. choice.Values.Select(value => value.Wire)],
                property.Default is { IsNull: false } value ? ValueText(value) : null);
        }

        /// <summary>The enum of a property: its own, that of its elements, or that of a branch.</summary>
        private EnumModel? Choice(TypeUse use) => Find(use) switch
        {
            EnumModel choice => choice,
            UnionModel union => union.Branches.Select(branch => Choice(branch.Type)).FirstOrDefault(choice => choice is not null),
            _ => use.Element is { } element ? Choice(element) : null,
        };

        private string Words(TypeUse use, bool withValues) => use.Kind switch
        {
            TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum when withValues && Find(use) is EnumModel choice => Words(choice),
            TypeKind.Text or TypeKind.TextEnum => "text",
            TypeKind.Boolean => "true or false",
            TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.IntegerEnum => "integer",
            TypeKind.Number or TypeKind.NumberEnum => "number",
            TypeKind.Media => "media",
            TypeKind.File or TypeKind.Image => "file",
            TypeKind.Object => finalName(use.Name!),
            TypeKind.Union when Find(use) is UnionModel union
                => string.Join(" or ", union.Branches.Select(branch => Words(branch.Type, withValues)).Distinct()),
            TypeKind.Union => use.Name!,
            TypeKind.List => "list of " + Words(use.Element!, withValues),
            TypeKind.Map => "map of " + Words(use.Element!, withValues),
            _ => "JSON",
        };

        private string Words(EnumModel choice)
            => choice.Values.Count <= ListText.LongestInline ? string.Join(" | ", choice.Values.Select(value => value.Wire))
            : $"one of {choice.Values.Count} {finalName(choice.Name)}";
    }
}
