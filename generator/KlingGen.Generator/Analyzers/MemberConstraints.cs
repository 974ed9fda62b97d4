using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>What a value is to the checks.</summary>
internal enum ValueShape
{
    /// <summary>Nothing that a limit applies to.</summary>
    Other,
    Text,
    Integer,
    Number,
    Enum,
    Media,
}

/// <summary>How many values a member holds.</summary>
internal enum Holding
{
    One,
    List,
    Map,
}

/// <summary>What an emitted member says about its values. On a list or a map, everything but the count is about its elements.</summary>
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

    public RangeConstraint? Range { get; private set; }

    public LengthConstraint? Length { get; private set; }

    public PatternConstraint? Pattern { get; private set; }

    public CountConstraint? Count { get; private set; }

    /// <summary>The text is an address on the web.</summary>
    public bool IsUrl { get; private set; }

    public EnumValues? Enum { get; private set; }

    /// <summary>What a file must be; null where anything goes.</summary>
    public MediaFileConstraints? File { get; private set; }

    /// <summary>The default of the server as the compiler knows it; null if there is none.</summary>
    public object? Default { get; private set; }

    /// <summary>Some value of the member could be wrong, as far as this analyzer judges values; media it leaves to another.</summary>
    public bool IsConstrained { get; private set; }

    public static MemberConstraints Read(IPropertySymbol property, KnownSymbols known)
    {
        var limits = new MemberConstraints(property, known.Constraints.WireNameOf(property));
        var type = limits.ReadHolding(WithoutNull(property.Type)!);
        limits.ReadShape(type, known);
        foreach (var attribute in property.GetAttributes()) limits.ReadAttribute(attribute, known);
        foreach (var defaults in property.ContainingType.GetTypeMembers("Defaults"))
        {
            foreach (var member in defaults.GetMembers(property.Name)) limits.Default = member is IFieldSymbol { HasConstantValue: true } field ? field.ConstantValue : null;
        }

        limits.IsConstrained = limits.Range is not null || limits.Length is not null || limits.Pattern is not null || limits.Count is not null
            || limits.Enum is not null || limits.Default is not null
            || limits.IsUrl || (property.IsRequired && limits.Shape == ValueShape.Text);
        return limits;
    }

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
                Range = RangeConstraint.Finite;
                return;
        }

        if (KnownSymbols.Same(type, known.Int128)) Shape = ValueShape.Integer;
        else if (KnownSymbols.Same(type, known.Media)) Shape = ValueShape.Media;
        else if (type is INamedTypeSymbol named && known.Constraints.EnumOf(named) is { } values) (Shape, Enum) = (ValueShape.Enum, values);
    }

    private void ReadAttribute(AttributeData attribute, KnownSymbols known)
    {
        var kind = attribute.AttributeClass;
        var arguments = attribute.ConstructorArguments;
        if (KnownSymbols.Same(kind, known.Range) && arguments is [{ Value: double low }, { Value: double high }])
            Range = new RangeConstraint(low, Is(attribute, "ExclusiveMinimum"), high, Is(attribute, "ExclusiveMaximum"),
                Number(attribute, "MultipleOf"), Shape == ValueShape.Integer);
        else if (KnownSymbols.Same(kind, known.Length) && arguments is [{ Value: int shortest }, { Value: int longest }])
            Length = new LengthConstraint(shortest, longest);
        else if (KnownSymbols.Same(kind, known.Count) && arguments is [{ Value: int fewest }, { Value: int most }])
            Count = new CountConstraint(fewest, most, Is(attribute, "Unique"));
        else if (KnownSymbols.Same(kind, known.Pattern) && arguments is [{ Value: string pattern }])
            Pattern = new PatternConstraint(pattern);
        else if (KnownSymbols.Same(kind, known.Url))
            IsUrl = true;
        else if (KnownSymbols.Same(kind, known.MediaConstraints))
            File = new MediaFileConstraints(attribute);
    }

    private static bool Is(AttributeData attribute, string name) => Named(attribute, name) is true;

    private static double Number(AttributeData attribute, string name) => Named(attribute, name) is double number ? number : 0;

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
