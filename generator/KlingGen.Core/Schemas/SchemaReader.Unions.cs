using System;
using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <content>Choices: enums, values that may be null, and real unions.</content>
internal sealed partial class SchemaReader
{
    /// <summary>How many branches a union may have: each is compared with all others, and each is a parameter of <c>Match</c>.</summary>
    private const int MaxBranches = 64;

    /// <summary><c>oneOf: [{"required": …}]</c> is a cross-field rule, not a union.</summary>
    private static bool IsConditionList(SpecNode list)
    {
        foreach (var item in list.Items)
        {
            if (item.Kind != JsonKind.Object || item.Get("required") is null || item.Get("type") is not null || item.Get("$ref") is not null
                || item.Get("properties") is not null) return false;
        }

        return true;
    }

    private TypeUse ReadAny(SpecNode any, SpecNode schema, NamingContext naming)
    {
        var branches = new List<SpecNode>();
        var isNullable = Flatten(any, branches, 0);
        if (branches.Count == 0) return Json() with { IsNullable = true };

        if (branches.Count == 1)
        {
            // An enum beside "text or null" narrows the text.
            if (ReadNarrowedEnum(schema, branches[0], naming) is { } choice) return choice with { IsNullable = choice.IsNullable || isNullable };

            var only = Read(branches[0], naming);
            return only with { IsNullable = only.IsNullable || isNullable, Constraints = ConstraintReader.Siblings(only, schema, _context) };
        }

        var union = ReadUnion(branches, schema, naming);
        return union with { IsNullable = union.IsNullable || isNullable };
    }

    /// <summary>Flattens nested unions and removes null.</summary>
    private static bool Flatten(SpecNode any, List<SpecNode> branches, int depth)
    {
        var isNullable = false;
        foreach (var branch in any.Items)
        {
            if (branch.Get("type") is { Kind: JsonKind.String, Text: "null" }) isNullable = true;
            else if (depth < 8 && branch.Kind == JsonKind.Object && branch.Members.Length == 1
                && (branch.Get("anyOf") ?? branch.Get("oneOf")) is { Kind: JsonKind.Array } inner)
                isNullable |= Flatten(inner, branches, depth + 1);
            else branches.Add(branch);
        }

        return isNullable;
    }

    private TypeUse ReadUnion(List<SpecNode> nodes, SpecNode schema, NamingContext naming)
    {
        var name = schema.Get("x-klinggen-name") is { Kind: JsonKind.String } chosen
            ? NameRules.Object(chosen.Text, chosen.Text)
            : naming.Owner.Length > 0 ? naming.TypeName : naming.Member.Length > 0 ? naming.Member : "Choice";
        if (nodes.Count > MaxBranches) return Unsupported(schema, "a union of more than " + Digits(MaxBranches) + " types");
        var uses = new List<TypeUse>();
        var sources = new List<SpecNode>();
        var isNullable = false;
        foreach (var node in nodes)
        {
            var use = Read(node, naming with { Owner = "", Member = IsEnum(node) ? NameRules.Preset(name) : name + "Value", IsMember = false });
            isNullable |= use.IsNullable;
            use = use with { IsNullable = false };
            foreach (var branch in BranchesOf(use))
            {
                if (TryMerge(uses, branch, schema)) continue;
                uses.Add(branch);
                sources.Add(node);
            }
        }

        for (var i = 0; i < uses.Count; i++) uses[i] = uses[i] with { Constraints = ConstraintReader.Siblings(uses[i], schema, _context) };
        if (uses.Count == 1) return uses[0] with { IsNullable = isNullable };
        if (Clash(uses) is { } clash) return Unsupported(schema, clash) with { IsNullable = isNullable };
        var discriminator = DiscriminatorOf(schema, uses);
        var tags = new List<string?>();
        for (var i = 0; i < uses.Count; i++) tags.Add(discriminator is null ? null : TagOf(schema, sources[i], uses[i], discriminator));
        if (OwnMembers(uses, sources, tags) is not { } own)
            return Unsupported(schema, "a union of objects with the same properties") with { IsNullable = isNullable };

        name = TakeName(name, naming.Owner.Length == 0 ? name : naming.LongTypeName, schema, isDerived: true);
        var slot = _typesByName[name];
        var names = new NameSet("Other", "Value");
        var branches = new List<BranchModel>();
        for (var i = 0; i < uses.Count; i++)
        {
            branches.Add(new BranchModel(names.Count(NameRules.Branch(uses[i])), uses[i], tags[i], MembersOf(uses[i], sources[i]).Required, own[i]));
        }

        _types[slot] = new UnionModel
        {
            Name = name,
            IsDerivedName = true,
            Role = _role,
            Summary = DescriptionOf(schema),
            Branches = branches,
            Discriminator = discriminator,
            Owner = naming.Place,
        };
        return new TypeUse { Kind = TypeKind.Union, Name = name, IsNullable = isNullable };
    }

    /// <summary>A union with a nested union has the branches of both.</summary>
    private IEnumerable<TypeUse> BranchesOf(TypeUse use)
    {
        if (Find(use) is not UnionModel inner)
        {
            yield return use;
            yield break;
        }

        foreach (var branch in inner.Branches) yield return branch.Type;
    }

    private static bool IsEnum(SpecNode node) => node.Get("enum") is not null || node.Get("const") is not null;

    /// <summary>Branches that no reader could tell apart, or that one C# type covers, become one.</summary>
    private bool TryMerge(List<TypeUse> uses, TypeUse use, SpecNode schema)
    {
        for (var i = 0; i < uses.Count; i++)
        {
            if (uses[i].Equals(use)) return true;
            if (IsNumber(uses[i]) && IsNumber(use))
            {
                uses[i] = new TypeUse
                {
                    Kind = NumberOf(uses[i].Kind, use.Kind),
                    Constraints = ConstraintReader.Either(uses[i], use, schema, _context)
                };
                return true;
            }

            if (IsText(uses[i]) && IsText(use))
            {
                var kind = uses[i].Kind == TypeKind.Media || use.Kind == TypeKind.Media ? TypeKind.Media : TypeKind.Text;
                uses[i] = new TypeUse { Kind = kind, Constraints = ConstraintReader.Either(uses[i], use, schema, _context) };
                return true;
            }
        }

        return false;
    }

    /// <summary>The C# number that holds the values of both.</summary>
    private static TypeKind NumberOf(TypeKind one, TypeKind other)
        => one == TypeKind.Number || other == TypeKind.Number ? TypeKind.Number
            : one == TypeKind.Wide || other == TypeKind.Wide ? TypeKind.Wide
            : TypeKind.Int64;

    private static bool IsNumber(TypeUse use) => use.Kind is TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number;

    private static bool IsText(TypeUse use) => use.Kind is TypeKind.Text or TypeKind.Media;

    /// <summary>What a reader that sees one token ahead cannot tell apart.</summary>
    private static string? Clash(List<TypeUse> uses)
    {
        int lists = 0, maps = 0, enums = 0;
        foreach (var use in uses)
        {
            if (use.Kind == TypeKind.List) lists++;
            if (use.Kind == TypeKind.Map) maps++;
            if (use.Kind is TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum) enums++;
        }

        return lists > 1
            ? "a union of several lists"
            : maps > 1 ? "a union of several maps" : enums > 1 ? "a union of several enums" : null;
    }

    private string? DiscriminatorOf(SpecNode schema, List<TypeUse> uses)
    {
        if (schema.Get("discriminator")?.Get("propertyName") is { Kind: JsonKind.String } named) return named.Text;

        // A property of every branch with a constant string each is a discriminator without the keyword.
        if (Find(uses[0]) is not ObjectModel first) return null;
        foreach (var candidate in first.Properties)
        {
            var tags = new HashSet<string>(System.StringComparer.Ordinal);
            foreach (var use in uses)
            {
                if (FixedText(use, candidate.WireName) is { } text) tags.Add(text);
            }

            if (tags.Count == uses.Count) return candidate.WireName;
        }

        return null;
    }

    private string? TagOf(SpecNode schema, SpecNode branch, TypeUse use, string discriminator)
    {
        if (FixedText(use, discriminator) is { } text) return text;
        if (schema.Get("discriminator")?.Get("mapping") is { Kind: JsonKind.Object } mapping && branch.Get("$ref") is { } reference)
        {
            foreach (var member in mapping.Members)
            {
                if (member.Value.Text == reference.Text) return member.Name;
            }
        }

        return null;
    }

    private string? FixedText(TypeUse use, string wireName)
    {
        if (Find(use) is not ObjectModel model) return null;
        foreach (var property in model.Properties)
        {
            if (property.WireName == wireName)
                return Find(property.Type) is EnumModel { Kind: EnumKind.Text, Values.Count: 1 } single ? single.Values[0].Wire : null;
        }

        return null;
    }

    /// <summary>
    /// Values beside a reference or union that resolves to an enum or a scalar: a type of its own with the values that both permit. Null where it
    /// leads to another shape, where nothing is excluded, and where no value is left.
    /// </summary>
    private TypeUse? ReadNarrowedEnum(SpecNode schema, SpecNode wide, NamingContext naming)
    {
        if (ValuesOf(schema) is not { } own || Follow(wide) is not { } target) return null;
        if (ValuesOf(target) is not { } wider) return IsScalar(target) ? ReadEnum(schema, own, naming) : null;
        var narrow = Array.FindAll(own, value => Array.Exists(wider, other => IsSame(value, other)));
        if (narrow.Length == 0) return null;
        foreach (var node in new[] { schema, target }) _context.MarkEnforced((node.Get("const") ?? node.Get("enum"))!);
        var excludesNothing = Array.TrueForAll(wider, value => Array.Exists(narrow, other => IsSame(value, other)));
        return excludesNothing ? null : ReadEnum(schema, narrow, naming);
    }

    private static bool IsScalar(SpecNode schema)
        => TypeOf(schema).Type is null or "string" or "integer" or "number"
            && !Array.Exists(
                schema.Members,
                static member => member.Name is "properties" or "items" or "additionalProperties" or "allOf" or "anyOf" or "oneOf");

    private static SpecNode[]? ValuesOf(SpecNode schema)
    {
        if (schema.Get("const") is { } constant) return new[] { constant };
        return schema.Get("enum") is { Kind: JsonKind.Array, Items.Length: > 0 } values ? values.Items : null;
    }

    private TypeUse ReadEnum(SpecNode schema, SpecNode[] values, NamingContext naming)
    {
        var isNullable = false;
        var kinds = (Text: 0, Integer: 0, Number: 0, Boolean: 0);
        var kept = new List<SpecNode>();
        var seen = new HashSet<string>(System.StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value.Kind == JsonKind.Null)
            {
                isNullable = true;
                continue;
            }

            if (value.Kind == JsonKind.String) kinds.Text++;
            else if (value.Kind is JsonKind.True or JsonKind.False) kinds.Boolean++;
            else if (value.Kind == JsonKind.Number && value.TryGetInt64(out _)) kinds.Integer++;
            else if (value.Kind == JsonKind.Number) kinds.Number++;
            else return Unsupported(schema, "an enum of objects or lists");
            if (seen.Add(value.TryGetInteger(out var digits) ? digits : value.Text)) kept.Add(value);
        }

        if (kept.Count == 0) return Json() with { IsNullable = true };

        // Both booleans are no limit; one alone has no type of its own.
        if (kinds.Boolean == 0 || kept.Count > 1)
        {
            foreach (var keyword in new[] { "enum", "const" })
            {
                if (schema.Get(keyword) is { } node) _context.MarkEnforced(node);
            }
        }

        TypeUse use;
        if (kinds.Boolean == values.Length - (isNullable ? 1 : 0)) use = new TypeUse { Kind = TypeKind.Boolean };
        else if (kinds.Text == 0 && kinds.Boolean == 0)
            use = DeclareEnum(schema, kept, naming, kinds.Number > 0 ? EnumKind.Number : EnumKind.Integer);
        else if (kinds.Integer == 0 && kinds.Number == 0 && kinds.Boolean == 0) use = DeclareEnum(schema, kept, naming, EnumKind.Text);
        else use = Unsupported(schema, "an enum of several kinds");
        return use with { IsNullable = isNullable };
    }

    private TypeUse DeclareEnum(SpecNode schema, List<SpecNode> values, NamingContext naming, EnumKind kind)
    {
        var words = values.ConvertAll(value => kind == EnumKind.Integer && value.TryGetInteger(out var digits) ? digits : value.Text);
        var shared = SharedEnum.Read(schema, naming.IsMember ? naming.Node : null, words, _context);
        var explicitName = shared?.Name ?? (schema.Get("x-klinggen-name") is { Kind: JsonKind.String } chosen ? chosen.Text : null);
        var wish = explicitName is not null
            ? NameRules.Object(explicitName, explicitName)
            : naming.Owner.Length == 0 ? NameRules.Object(naming.Member, "Choice") : naming.TypeName;
        var useKind = kind switch { EnumKind.Text => TypeKind.TextEnum, EnumKind.Integer => TypeKind.IntegerEnum, _ => TypeKind.NumberEnum };
        var member = naming.Member.Length == 0
            ? "Value"
            : naming.Owner.Length == 0 && naming.WireName.Length > 0 ? NameRules.Property(naming.WireName) : naming.Member;
        var model = new EnumModel
        {
            Name = wish,
            IsDerivedName = explicitName is null,
            Role = _role,
            Summary = shared?.Summary ?? DescriptionOf(schema),
            Kind = kind,
            IsShared = shared is not null,
            Values = NameValues(schema, words, member, wish, shared, _context),
            Owner = shared is null ? naming.Place : null,
        };

        // An explicit name given twice in a document means one enum, as long as the values agree.
        if (explicitName is not null && _typesByName.TryGetValue(wish, out var known) && _types[known] is EnumModel twin
            && twin.Values.Equals(model.Values))
        {
            AddRole(wish, _role);
            return new TypeUse { Kind = useKind, Name = wish };
        }

        var name = TakeName(
            wish,
            naming.Owner.Length == 0 || explicitName is not null ? wish : naming.LongTypeName,
            schema,
            isDerived: explicitName is null);
        _types[_typesByName[name]] = model with { Name = name };
        return new TypeUse { Kind = useKind, Name = name };
    }

    private static EquatableArray<EnumValueModel> NameValues(
        SpecNode schema,
        List<string> words,
        string member,
        string typeName,
        SharedEnum? shared,
        ReadContext context)
    {
        var chosen = EnumNames.Read(schema, words, context);
        var isMixed = words.Exists(static word => IdentifierWords.HasLower(word));
        var wishes = new List<NameWish>(words.Count);
        foreach (var word in words)
        {
            var name = shared?.NameOf(word) ?? (chosen.TryGetValue(word, out var given) ? given : null);
            wishes.Add(new NameWish(name ?? NameRules.EnumValue(word, member, isMixed), word, IsChosen: name is not null));
        }

        if (shared is not null) wishes.Sort((left, right) => shared.PlaceOf(left.Wire).CompareTo(shared.PlaceOf(right.Wire)));
        var names = new NameSet(ReservedNames.InEnums);
        names.Reserve(typeName);
        names.Reserve(ReservedNames.EnumField);
        var assigned = names.Assign(wishes);
        var values = new EnumValueModel[assigned.Length];
        for (var i = 0; i < values.Length; i++) values[i] = new EnumValueModel(assigned[i], wishes[i].Wire);
        return values;
    }
}
