using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Schemas;

namespace KlingGen.Cli.Diff;

/// <summary>An emitted type under its final name.</summary>
/// <param name="Model">The type.</param>
/// <param name="Scope">The names of its file.</param>
internal sealed record SurfaceType(TypeModel Model, EmissionScope Scope)
{
    /// <summary>What the runtime's own file has, and so every record that derives from it.</summary>
    private static readonly (string WireName, TypeKind Kind)[] FileMembers =
    [
        ("url", TypeKind.Text), ("content_type", TypeKind.Text), ("file_name", TypeKind.Text), ("file_size", TypeKind.Int64),
        ("file_data", TypeKind.Text),
    ];

    public string Name => Model.Name;

    public string FullName => Scope.Namespace + "." + Model.Name;

    /// <summary>Users make values of it.</summary>
    public bool IsWritten => EmissionScope.IsInput(Model.Role);

    /// <summary>Users are given values of it.</summary>
    public bool IsRead => (Model.Role & TypeRole.Output) != 0;

    /// <summary>An enum of broken numbers in results is a plain number, and no type.</summary>
    public bool IsEmitted => Model is not EnumModel { Kind: EnumKind.Number } || !EmissionScope.IsOpen(Model.Role);

    public string Sort => Model switch
    {
        ObjectModel => "record",
        UnionModel => "choice",
        EnumModel { Kind: EnumKind.Text } when EmissionScope.IsOpen(Model.Role) => "open enum",
        _ => "enum",
    };

    /// <summary>The types that it leads to.</summary>
    public IEnumerable<TypeUse> Uses => Model switch
    {
        ObjectModel model => model.Properties.Select(property => property.Type),
        UnionModel model => model.Branches.Select(branch => branch.Type),
        _ => [],
    };

    /// <summary>The members of a record, those of the runtime's file included.</summary>
    public IReadOnlyList<SurfaceMember> Members()
    {
        if (Model is not ObjectModel model) return [];
        var members = new List<SurfaceMember>();
        if (model.IsFile)
        {
            foreach (var (wireName, kind) in FileMembers)
            {
                var property = model.Properties.FirstOrDefault(property => property.WireName == wireName);
                members.Add(new SurfaceMember
                {
                    Name = FileShape.BaseMember(wireName)!,
                    WireName = wireName,
                    Type = new CSharpType(new TypeUse { Kind = kind }, Scope, TypeRole.None, IsNullable: wireName != "url"),
                    HasRequiredKeyword = wireName == "url",
                    IsChecked = property is { IsRequired: true, Type.IsNullable: false } && kind == TypeKind.Text,
                    Property = property,
                    IsInherited = true,
                });
            }
        }

        foreach (var property in model.Properties)
        {
            if (model.IsFile && FileShape.BaseMember(property.WireName) is not null) continue;
            members.Add(new SurfaceMember
            {
                Name = property.Name,
                WireName = property.WireName,
                Type = new CSharpType(property.Type, Scope, Model.Role, EmissionScope.IsNullable(property)),
                HasRequiredKeyword = property.IsRequired && !property.IsFixed && !property.IsDeprecated,
                IsChecked = property.IsRequired && !property.Type.IsNullable && !EmissionScope.IsValueType(property.Type),
                Property = property,
            });
        }

        return members;
    }
}

/// <summary>A property of an emitted record.</summary>
internal sealed record SurfaceMember
{
    public required string Name { get; init; }

    public required string WireName { get; init; }

    public required CSharpType Type { get; init; }

    public required bool HasRequiredKeyword { get; init; }

    /// <summary>The check refuses a request without it.</summary>
    public required bool IsChecked { get; init; }

    /// <summary>The model of the property; null for one that only the runtime's record has.</summary>
    public required PropertyModel? Property { get; init; }

    public bool IsInherited { get; init; }

    /// <summary>A request without it does not compile, or is refused.</summary>
    public bool MustBeSet => HasRequiredKeyword || IsChecked;

    public bool IsObsolete => !IsInherited && Property is { IsDeprecated: true };
}
