using System.Collections.Generic;
using KlingGen.Model;
using Microsoft.CodeAnalysis;
using TypeKind = KlingGen.Model.TypeKind;

namespace KlingGen.Analyzers;

/// <summary>What a value is to the checks.</summary>
internal enum ValueShape
{
    /// <summary>Nothing that a constraint applies to.</summary>
    Other,
    Text,
    Integer,
    Number,
    Enum,
    Media,
}

/// <summary>How many values a property holds.</summary>
internal enum Holding
{
    One,
    List,
    Map,
}

/// <summary>The constraints that an emitted property declares in its attributes.</summary>
internal sealed class MemberConstraints
{
    private MemberConstraints(IPropertySymbol property, string wireName)
    {
        Property = property;
        WireName = wireName;
    }

    public IPropertySymbol Property { get; }

    public string WireName { get; }

    public Holding Holding { get; private set; }

    public ValueShape Shape { get; private set; }

    // The ends of the range, which are numbers written out in the constraints and would be read again for each value.
    private double _low = double.NaN;
    private double _high = double.NaN;

    /// <summary>The constraints of one value: of an element where the property is a list or map.</summary>
    public Constraints Value { get; private set; } = Constraints.None;

    /// <summary>The constraints of the list or map itself.</summary>
    public Constraints Container { get; private set; } = Constraints.None;

    /// <summary>The groups of <see cref="Value"/> that a value can violate.</summary>
    public ConstraintGroup[] ValueGroups { get; private set; } = [];

    /// <summary>The groups of <see cref="Container"/> that a list or map can violate.</summary>
    public ConstraintGroup[] ContainerGroups { get; private set; } = [];

    public EnumValues? Enum { get; private set; }

    /// <summary>What a file must be; null if it may be any.</summary>
    public MediaFileConstraints? File { get; private set; }

    /// <summary>The server's default as a compile-time constant; null if there is none.</summary>
    public object? Default { get; private set; }

    /// <summary>Whether some value of the property can be wrong, as far as the value analyzer checks it; media have an analyzer of their
    /// own.</summary>
    public bool IsConstrained { get; private set; }

    /// <summary>The kind of one value as the model names it.</summary>
    public TypeKind ValueKind => Shape switch
    {
        ValueShape.Text => TypeKind.Text,
        ValueShape.Integer => TypeKind.Wide,
        ValueShape.Number => TypeKind.Number,
        ValueShape.Media => TypeKind.Media,
        _ => TypeKind.Json,
    };

    /// <summary>The kind of the list or map as the model names it.</summary>
    public TypeKind ContainerKind => Holding switch
    {
        Holding.List => TypeKind.List,
        Holding.Map => TypeKind.Map,
        _ => TypeKind.Json,
    };

    public static MemberConstraints Read(IPropertySymbol property, KnownSymbols known)
    {
        var member = new MemberConstraints(property, known.Constraints.WireNameOf(property));
        var type = member.ReadHolding(WithoutNull(property.Type)!);
        member.ReadShape(type, known);
        foreach (var attribute in property.GetAttributes()) member.ReadAttribute(attribute, known);
        if (member.Container.Contains is { } contains) member.Container = member.Container with { Contains = WithWireName(contains, type, known) };
        member.ValueGroups = ConstraintGroups.Applicable(member.Value, member.ValueKind);
        member.ContainerGroups = ConstraintGroups.Applicable(member.Container, member.ContainerKind);
        foreach (var defaults in property.ContainingType.GetTypeMembers("Defaults"))
        {
            foreach (var constant in defaults.GetMembers(property.Name))
                member.Default = constant is IFieldSymbol { HasConstantValue: true } field ? field.ConstantValue : null;
        }

        if (member.Shape is ValueShape.Integer or ValueShape.Number && member.Value.MultipleOf is null)
            (member._low, member._high) = (NearestNumber.Low(member.Value), NearestNumber.High(member.Value));
        member.IsConstrained = !member.Container.Equals(Constraints.None) || member.Enum is not null || member.Default is not null
            || (member.Shape != ValueShape.Media && !member.Value.Equals(Constraints.None))
            || member.Shape == ValueShape.Number || (property.IsRequired && member.Shape == ValueShape.Text);
        return member;
    }

    /// <summary>Whether a number is certainly permitted; false where that takes a closer look, as at an end that the range excludes.</summary>
    public bool IsInside(double number)
        => (number > _low || (number == _low && Value is { Minimum: not null, ExclusiveMinimum: null }))
            && (number < _high || (number == _high && Value is { Maximum: not null, ExclusiveMaximum: null }));

    /// <returns>The type of one value.</returns>
    private ITypeSymbol ReadHolding(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsGenericType: true } named) return type;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IReadOnlyList_T)
        {
            Holding = Holding.List;
            return WithoutNull(named.TypeArguments[0])!;
        }

        if (named is { Name: "IReadOnlyDictionary", TypeArguments.Length: 2 })
        {
            Holding = Holding.Map;
            return WithoutNull(named.TypeArguments[1])!;
        }

        return type;
    }

    private void ReadShape(ITypeSymbol type, KnownSymbols known)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                Shape = ValueShape.Text;
                return;
            case SpecialType.System_Int32 or SpecialType.System_Int64:
                Shape = ValueShape.Integer;
                return;
            case SpecialType.System_Double:
                Shape = ValueShape.Number;
                return;
        }

        if (KnownSymbols.Same(type, known.Int128)) Shape = ValueShape.Integer;
        else if (KnownSymbols.Same(type, known.Media)) Shape = ValueShape.Media;
        else if (type is INamedTypeSymbol named && known.Constraints.EnumOf(named) is { } values) (Shape, Enum) = (ValueShape.Enum, values);
    }

    private void ReadAttribute(AttributeData attribute, KnownSymbols known)
    {
        if (attribute.AttributeClass is not { } kind || !known.IsWireType(kind)) return;
        if (KnownSymbols.Same(kind, known.MediaConstraints)) File = new MediaFileConstraints(attribute);
        foreach (var group in ConstraintGroups.All)
        {
            if (kind.Name != group.Attribute + "Attribute") continue;
            if (group.IsOnContainer) Container = group.Read(ArgumentsOf(attribute), Container);
            else Value = group.Read(ArgumentsOf(attribute), Value);
        }
    }

    private static AttributeArguments ArgumentsOf(AttributeData attribute)
    {
        var positional = new List<object?>();
        foreach (var argument in attribute.ConstructorArguments) positional.Add(argument.Kind == TypedConstantKind.Array ? null : argument.Value);
        var named = new Dictionary<string, object?>();
        foreach (var pair in attribute.NamedArguments) named[pair.Key] = pair.Value.Kind == TypedConstantKind.Array ? null : pair.Value.Value;
        return new AttributeArguments(positional, named);
    }

    /// <summary>Attributes name properties as C# does, messages as the wire does.</summary>
    private static ContainsConstraint WithWireName(ContainsConstraint contains, ITypeSymbol element, KnownSymbols known)
    {
        foreach (var member in element.GetMembers(contains.Name)) return contains with { Property = known.Constraints.WireNameOf(member) };
        return contains with { Property = contains.Name };
    }

    /// <summary>The name of an enum's value; null if the value has none.</summary>
    public static string? NameOf(TypedConstant constant)
    {
        if (constant is not { Kind: TypedConstantKind.Enum, Type: { } type }) return null;
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, constant.Value)) return field.Name;
        }

        return null;
    }

    public static object? Named(AttributeData attribute, string name)
    {
        foreach (var pair in attribute.NamedArguments)
        {
            if (pair.Key == name) return pair.Value.Value;
        }

        return null;
    }

    public static ITypeSymbol? WithoutNull(ITypeSymbol? type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
}
