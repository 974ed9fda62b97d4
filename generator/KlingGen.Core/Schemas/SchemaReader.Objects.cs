using System;
using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Schemas;

/// <content>Objects: their members, their names, their rules.</content>
internal sealed partial class SchemaReader
{
    private static bool IsObject(SpecNode schema)
        => schema.Get("properties") is { Kind: JsonKind.Object, Members.Length: > 0 } && schema.Get("$ref") is null;

    private TypeUse ReadObjectLike(SpecNode schema, NamingContext naming)
    {
        if (IsObject(schema))
        {
            var key = naming.Owner.Length == 0 ? (naming.Member.Length == 0 ? "Type" : naming.Member) : naming.TypeName;
            return ReadObject(schema, key, schema.Get("x-klinggen-name") is { } name ? NameRules.Object(name.Text, key) : key, _ => { });
        }

        if (schema.Get("additionalProperties") is { Kind: JsonKind.Object, Members.Length: > 0 } values)
            return ReadMap(values, schema, naming);
        return Json();
    }

    private TypeUse ReadMap(SpecNode values, SpecNode schema, NamingContext naming)
    {
        if (_nesting == MaxNesting) return TooDeep(schema, NestedContainers);
        var links = Enter();
        var element = Read(values, naming.Element);
        Leave(links);
        if (LevelsOf(element) >= MaxNesting) return TooDeep(schema, NestedContainers);
        return new TypeUse { Kind = TypeKind.Map, Element = element, Constraints = ConstraintReader.Map(schema, _context) };
    }

    private TypeUse ReadObject(SpecNode schema, string key, string wish, Action<TypeUse> open)
    {
        if (FileShape.Detect(schema, TitleOf(schema) ?? key) is { } file)
        {
            foreach (var member in schema.Get("required")?.Items ?? Array.Empty<SpecNode>()) _context.MarkEnforced(member);
            return new TypeUse { Kind = file };
        }

        if (_nesting == MaxNesting) return TooDeep(schema, NestedContainers);
        var links = Enter();
        var name = TakeName(wish, key, schema);
        var use = new TypeUse { Kind = TypeKind.Object, Name = name };
        open(use);

        var slot = _typesByName[name];
        var names = new NameSet(ReservedNames.InRecords);
        names.Reserve(name);
        var required = RequiredOf(schema);
        var isFile = FileShape.IsFileLike(schema);
        var members = InOrder(schema);
        var memberNames = names.Assign(Array.ConvertAll(members, member => PropertyName(member.Name, name, isFile)));
        var contested = ContestedMembers(members, memberNames, name);
        var properties = new PropertyModel[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var naming = new NamingContext(name, memberNames[i], IsMember: true, members[i].Name, members[i].Value) { IsContested = contested[i] };
            properties[i] = ReadProperty(members[i], naming, required.Contains(members[i].Name), isFile);
        }

        Leave(links);
        var model = new ObjectModel
        {
            Name = name,
            Role = _role,
            Summary = DescriptionOf(schema),
            Properties = properties,
            Rules = EquatableArray<CrossFieldRule>.Empty,
            IsFile = isFile,
            IsOpen = schema.Get("additionalProperties") is { Kind: JsonKind.Object or JsonKind.True },
            Example = null,
        };
        _types[slot] = model;
        var rules = CrossFieldRuleReader.Read(schema, model, this, _context);
        _types[slot] = model = model with { Rules = rules, Capabilities = CapabilityReader.Read(schema, model, this, _context) };
        _types[slot] = model with { Example = ExampleReader.Read(schema, model, this, _context) };
        return use;
    }

    private static NameWish PropertyName(string wireName, string owner, bool isFile)
    {
        if (isFile && FileShape.BaseMember(wireName) is { } inherited) return new NameWish(inherited, wireName, IsChosen: true);
        var wish = NameRules.Property(wireName);
        var isTaken = wish == owner || ReservedNames.IsMember(wish) || (isFile && FileShape.IsBaseName(wish));
        return new NameWish(isTaken ? wish + "Value" : wish, wireName);
    }

    private PropertyModel ReadProperty(JsonMember member, NamingContext naming, bool isRequired, bool isFile)
    {
        var schema = member.Value;
        var isBase = isFile && FileShape.BaseMember(member.Name) is not null;
        var use = Read(schema, naming);
        if (isBase) use = FileShape.BaseUse(use);
        if (use.Constraints.Contains is { } contains)
            use = use with { Constraints = use.Constraints with { Contains = NameContained(contains, use, schema) } };
        var fallback = schema.Get("default");
        var hasDefault = fallback is not null && fallback.Kind != JsonKind.Null;

        // A default outside Int64 shows that the server takes such numbers.
        if (hasDefault && use.Kind == TypeKind.Int64 && !isBase && NumberText.IsWide(fallback!.Text)) use = use with { Kind = TypeKind.Wide };
        if (hasDefault && ValueSize.Excess(fallback!) is { } excess)
        {
            _context.Report(SpecDiagnosticKind.ValueTooLarge, fallback!.Head(), fallback!.Source, "default", member.Name, excess);
            hasDefault = false;
        }
        else if (hasDefault && ValueValidator.Fault(fallback!, use, this) is { } fault)
        {
            _context.Report(SpecDiagnosticKind.DefaultViolatesConstraints, fallback!, member.Name, fault);
            hasDefault = false;
        }

        return new PropertyModel
        {
            WireName = member.Name,
            Name = naming.Member,
            Type = use,
            IsRequired = isRequired,
            IsDeprecated = schema.Get("deprecated") is { Kind: JsonKind.True },
            FixedValue = isRequired && !use.IsNullable && IsConstant(schema) && Find(use) is EnumModel { Values.Count: 1 } only
                ? only.Values[0].Name
                : null,
            Summary = DescriptionOf(schema),
            Default = hasDefault ? ValueReader.Read(fallback!, use, this) : null,
        };
    }

    private ContainsConstraint? NameContained(ContainsConstraint contains, TypeUse list, SpecNode schema)
    {
        if (list.Element is not null && Find(list.Element) is ObjectModel element)
        {
            foreach (var property in element.Properties)
            {
                if (property.WireName == contains.Property) return contains with { Name = property.Name };
            }
        }

        if (schema.Get("contains") is { } understood) _context.MarkEnforced(understood);
        _context.Report(SpecDiagnosticKind.InvalidConstraint, schema.Get("contains") ?? schema, "the elements have no member '" + contains.Property
            + "'");
        return null;
    }

    private static bool IsConstant(SpecNode schema) => schema.Get("const") is not null;

    /// <summary>Sorts properties by fal's order; properties that it does not list follow in the document's order.</summary>
    private static JsonMember[] InOrder(SpecNode schema)
    {
        var properties = schema.Get("properties")!;
        if (schema.Get("x-fal-order-properties") is not { Kind: JsonKind.Array } order) return properties.Members;
        var members = new JsonMember[properties.Members.Length];
        var count = 0;
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in order.Items)
        {
            if (name.Kind != JsonKind.String || !properties.TryGetMember(name.Text, out var member)) continue;
            if (listed.Add(name.Text)) members[count++] = member;
        }

        foreach (var member in properties.Members)
        {
            if (!listed.Contains(member.Name)) members[count++] = member;
        }

        return members;
    }

    private HashSet<string> RequiredOf(SpecNode schema)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        if (schema.Get("required") is { Kind: JsonKind.Array } names)
        {
            foreach (var name in names.Items)
            {
                required.Add(name.Text);
                if (schema.Get("properties")?.Get(name.Text) is not null) _context.MarkEnforced(name);
            }
        }

        return required;
    }

    private static string? DescriptionOf(SpecNode schema)
        => schema.Get("description") is { Kind: JsonKind.String } text && text.Text.Trim().Length > 0 ? text.Text : null;

    /// <summary>
    /// One title is one type. A document whose components share a title gives the later ones the name of their key; the planner
    /// settles what several documents disagree about.
    /// </summary>
    private string TakeName(string wish, string key, SpecNode schema, bool isDerived = false)
    {
        var name = wish;
        if (_typesByName.ContainsKey(name)) name = NameRules.Object(key, key);
        for (var i = 2; _typesByName.ContainsKey(name); i++) name = wish + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _typesByName.Add(name, _types.Count);
        _types.Add(null);
        var anchor = !isDerived && schema.Get("title") is { } title ? title.Range : schema.Head();
        _anchors.Add(new TypeAnchor(name, _context.Place(anchor, schema.Source)));
        return name;
    }

    internal TypeModel? Find(TypeUse use) => use.Name is { } name && _typesByName.TryGetValue(name, out var slot) ? _types[slot] : null;

    private void AddRole(string name, TypeRole role)
    {
        var slot = _typesByName[name];
        if (_types[slot] is { } type) _types[slot] = type with { Role = type.Role | role };
    }

    /// <summary>Gives a type that was read as an input the role of an output too, and all types inside it.</summary>
    private void SpreadRole(TypeUse root)
    {
        var open = new Stack<TypeUse>();
        open.Push(root);
        while (open.Count > 0)
        {
            var use = open.Pop();
            if (use.Element is not null) open.Push(use.Element);
            if (Find(use) is not { } type || (type.Role & _role) == _role) continue;
            AddRole(type.Name, _role);
            if (type is ObjectModel model)
            {
                foreach (var property in model.Properties) open.Push(property.Type);
            }
            else if (type is UnionModel union)
            {
                foreach (var branch in union.Branches) open.Push(branch.Type);
            }
        }
    }
}
