using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>
/// Reads schemas into types. One reader per document; it understands both of fal's dialects (<c>allOf</c> of one and
/// <c>nullable</c>; <c>anyOf</c> with null and limits inside the branch).
/// </summary>
internal sealed partial class SchemaReader
{
    /// <summary>How many links a chain of references may have.</summary>
    public const int MaxReferenceLinks = 256;

    /// <summary>How deep lists, maps and objects may be nested after references are followed.</summary>
    public const int MaxNesting = 32;

    private const string NestedContainers = "Lists, maps and objects are nested deeper than 32 levels";

    /// <summary>How deep schemas may be nested, links of references included; it bounds the stack that reading takes.</summary>
    private const int MaxSchemas = 640;

    internal const string ReferencePrefix = "#/components/schemas/";

    private readonly SpecNode _schemas;
    private readonly ReadContext _context;
    private readonly List<TypeModel?> _types = new();
    private readonly Dictionary<string, int> _typesByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Known> _components = new(StringComparer.Ordinal);
    private readonly List<TypeAnchor> _anchors = new();
    private readonly HashSet<SpecNode> _otherThanUrl = new();
    private Dictionary<string, int>? _titles;
    private TypeRole _role;
    private int _depth;
    private int _links;
    private int _nesting;

    public SchemaReader(SpecNode schemas, ReadContext context)
    {
        _schemas = schemas;
        _context = context;
    }

    public EquatableArray<TypeModel> Types
    {
        get
        {
            var types = new List<TypeModel>(_types.Count);
            foreach (var type in _types)
            {
                if (type is not null) types.Add(type);
            }

            return types;
        }
    }

    public EquatableArray<TypeAnchor> Anchors => _anchors;

    /// <summary>Gets or sets how many steps are left for comparing values of the document with their types.</summary>
    public int ValidationSteps { get; set; } = ValueValidator.MaxSteps;

    /// <summary>The whole input or output of the endpoint.</summary>
    public TypeUse ReadRoot(SpecNode? schema, TypeRole role)
    {
        _role = role & (TypeRole.Input | TypeRole.Output);
        if (schema is null) return Json();
        var use = Read(schema, new NamingContext("", "", IsMember: false));
        if (use.Kind == TypeKind.Object) AddRole(use.Name!, role);
        if (use.Kind is TypeKind.Object or TypeKind.Union or TypeKind.File or TypeKind.Image) return use with { IsNullable = false };
        if (use.Kind == TypeKind.Json) return Json();
        return Unsupported(schema, (role & TypeRole.Input) != 0 ? "a request that is no object" : "a result that is no object");
    }

    /// <summary>A component that nothing has to lead to: a document without paths gives its types.</summary>
    public void ReadComponent(string key, TypeRole role)
    {
        _role = role;
        Component(key, _schemas.Get(key)!);
    }

    private static TypeUse Json() => new() { Kind = TypeKind.Json };

    /// <summary>What holds a schema: it gives the type a name where the schema has none.</summary>
    /// <param name="Owner">The C# name of the object that holds it.</param>
    /// <param name="Member">The C# name of the member.</param>
    /// <param name="IsMember">False for the root and for the elements of the naming.</param>
    /// <param name="WireName">The wire name of the member, also for what is inside it.</param>
    /// <param name="Node">The member's own schema, also for what is inside it.</param>
    private sealed record NamingContext(string Owner, string Member, bool IsMember, string WireName = "", SpecNode? Node = null)
    {
        /// <summary>The member as the documentation names it: <c>Owner.Member</c>, also for what is inside it.</summary>
        public string? Place { get; init; } = IsMember ? Owner + "." + Member : null;

        /// <summary>Another type has the same default name, so the type takes a name that no rule shortens.</summary>
        public bool IsContested { get; init; }

        public NamingContext Element => this with { Member = IsContested ? Member + "Item" : NameRules.Element(Member), IsMember = false };

        public string TypeName
            => IsContested ? NameRules.Object(LongTypeName, LongTypeName) : DefaultTypeName(Owner, Member);

        /// <summary>The fallback if the short name is taken: it keeps the word that distinguishes a request from a result.</summary>
        public string LongTypeName => Owner + (Member.Length == 0 ? "Value" : Member);
    }

    private TypeUse Read(SpecNode schema, NamingContext naming)
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        if (schema.Kind != JsonKind.Object) return schema.Kind == JsonKind.True ? Json() : Unsupported(schema, "a schema that is no object");
        if (_depth == MaxSchemas || !HasStack())
            return TooDeep(schema, "Schemas and references are nested deeper than " + Digits(_depth) + " levels");
        _depth++;
        var use = ReadShape(schema, naming);
        _depth--;
        if (schema.Get("nullable") is { Kind: JsonKind.True }) use = use with { IsNullable = true };
        return use;
    }

    private TypeUse ReadShape(SpecNode schema, NamingContext naming)
    {
        if (schema.Get("$ref") is { Kind: JsonKind.String } reference)
            return ReadNarrowedEnum(schema, schema, naming) ?? ReadReference(reference, schema);
        if (MergeAllOf(ref schema) is { } failure) return Unsupported(schema, failure);
        if (schema.Get("allOf") is { Kind: JsonKind.Array, Items.Length: > 0 } all && schema.Get("properties") is null)
            return ReadAllOf(all, schema, naming);
        if ((schema.Get("anyOf") ?? schema.Get("oneOf")) is { Kind: JsonKind.Array, Items.Length: > 0 } any && schema.Get("properties") is null
            && !IsConditionList(any))
            return ReadAny(any, schema, naming);
        if (schema.Get("const") is { } constant) return ReadEnum(schema, new[] { constant }, naming);
        if (schema.Get("enum") is { Kind: JsonKind.Array, Items.Length: > 0 } values) return ReadEnum(schema, values.Items, naming);

        if (schema.Get("type") is { Kind: JsonKind.Array } types && TypesOf(types) is { Count: > 1 } several)
            return ReadTypes(several, types, schema, naming);

        var (type, isNullable) = TypeOf(schema);
        var use = type switch
        {
            "string" => ReadText(schema, naming),
            "integer" => ConstraintReader.Integer(schema, naming.WireName, _context),
            "number" => ConstraintReader.Number(schema, _context),
            "boolean" => new TypeUse { Kind = TypeKind.Boolean },
            "array" => ReadList(schema, naming),
            "object" => ReadObjectLike(schema, naming),
            "null" => new TypeUse { Kind = TypeKind.Json, IsNullable = true },
            null => schema.Get("properties") is not null
                ? ReadObjectLike(schema, naming)
                : schema.Get("items") is not null ? ReadList(schema, naming) : Json(),
            _ => Unsupported(schema, "type '" + type + "'"),
        };
        return isNullable ? use with { IsNullable = true } : use;
    }

    /// <summary><c>type</c> is a word, or in newer documents a list of words, one of which may be null.</summary>
    private static (string? Type, bool IsNullable) TypeOf(SpecNode schema)
    {
        var type = schema.Get("type");
        if (type is { Kind: JsonKind.String }) return (type.Text, false);
        if (type is not { Kind: JsonKind.Array }) return (null, false);
        var types = TypesOf(type);
        var isNullable = Contains(type, "null");
        return types.Count == 1 ? (types[0], isNullable) : (types.Count == 0 && isNullable ? "null" : null, isNullable);
    }

    /// <summary>The words of a type list without <c>null</c>.</summary>
    private static List<string> TypesOf(SpecNode list)
    {
        var types = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Kind == JsonKind.String && item.Text != "null" && !types.Contains(item.Text)) types.Add(item.Text);
        }

        return types;
    }

    private static bool Contains(SpecNode list, string text)
    {
        foreach (var item in list.Items)
        {
            if (item.Kind == JsonKind.String && item.Text == text) return true;
        }

        return false;
    }

    /// <summary><c>type: ["string", "integer"]</c> is a union with one branch per type, each with the keywords of the schema.</summary>
    private TypeUse ReadTypes(List<string> types, SpecNode list, SpecNode schema, NamingContext naming)
    {
        var branches = new List<SpecNode>();
        foreach (var type in types)
        {
            var members = new List<JsonMember> { new("type", list.Range, SpecNode.String(type, list.Range, list.Source)) };
            foreach (var member in schema.Members)
            {
                if (!IsAnnotation(member.Name) && member.Name != "type") members.Add(member);
            }

            branches.Add(Node(schema, members.ToArray()));
        }

        var union = ReadUnion(branches, schema, naming);
        return Contains(list, "null") ? union with { IsNullable = true } : union;
    }

    private TypeUse ReadReference(SpecNode reference, SpecNode schema)
    {
        var target = reference.Text;
        var key = target.StartsWith(ReferencePrefix, StringComparison.Ordinal) ? Unescape(target.Substring(ReferencePrefix.Length)) : null;
        var component = key is null ? null : _schemas.Get(key);
        if (component is null)
        {
            _context.Report(SpecDiagnosticKind.UnknownReference, reference, target);
            return Json();
        }

        if (_links == MaxReferenceLinks)
        {
            _context.Report(SpecDiagnosticKind.ReferenceChainTooLong, reference, target, Digits(MaxReferenceLinks + 1), Digits(MaxReferenceLinks));
            return Json();
        }

        _links++;
        var read = Component(key!, component);
        _links--;
        if (read is not { } use)
        {
            // Circular $ref: the chain of references leads back to itself without an object in between.
            _context.Report(SpecDiagnosticKind.CyclicReference, reference, target);
            return Json();
        }

        return use with { Constraints = ConstraintReader.Siblings(use, schema, _context) };
    }

    /// <summary>JSON Pointer's escapes: ~1 is a slash, ~0 a tilde.</summary>
    private static string Unescape(string pointer) => pointer.IndexOf('~') < 0 ? pointer : pointer.Replace("~1", "/").Replace("~0", "~");

    private sealed class Known
    {
        public TypeUse? Use;
        public TypeRole Role;
        public bool IsOpen;
    }

    /// <summary>Null where a component is nothing but a way back to itself.</summary>
    private TypeUse? Component(string key, SpecNode schema)
    {
        if (_components.TryGetValue(key, out var known))
        {
            if (known.IsOpen && known.Use is null) return null;
            if ((known.Role & _role) == _role || known.IsOpen) return known.Use;
        }
        else
        {
            _components.Add(key, known = new Known());
        }

        known.Role |= _role;
        if (known.Use is { } use)
        {
            SpreadRole(use);
            return use;
        }

        known.IsOpen = true;
        var isMerged = MergeAllOf(ref schema) is null;
        var name = NameRules.Object(TitleOf(schema), key);
        if (IsTitleOfSeveral(name)) name = NameRules.Object(null, key);
        if (isMerged && IsObject(schema)) known.Use = ReadObject(schema, key, name, open => known.Use = open);
        else known.Use = Read(schema, new NamingContext("", name, IsMember: false));
        known.IsOpen = false;
        return known.Use;
    }

    /// <summary>Components that share a title are called after their keys, whichever of them is met first.</summary>
    private bool IsTitleOfSeveral(string name) => Titles().TryGetValue(name, out var users) && users > 1;

    /// <summary>How many components would take each name.</summary>
    private Dictionary<string, int> Titles()
    {
        if (_titles is null)
        {
            _titles = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var component in _schemas.Members)
            {
                var title = NameRules.Object(TitleOf(component.Value), component.Name);
                _titles.TryGetValue(title, out var count);
                _titles[title] = count + 1;
            }
        }

        return _titles;
    }

    private static string? TitleOf(SpecNode schema)
    {
        if (schema.Get("x-klinggen-name") is { Kind: JsonKind.String } chosen) return chosen.Text;
        return schema.Get("title") is { Kind: JsonKind.String } title ? title.Text : null;
    }

    private TypeUse ReadText(SpecNode schema, NamingContext naming)
    {
        var constraints = ConstraintReader.Text(schema, _context);
        var media = MediaReader.Read(schema, naming.Node, naming.WireName);
        if (media is null || HasOtherThanUrl(schema, naming)) return new TypeUse { Kind = TypeKind.Text, Constraints = constraints };
        return new TypeUse { Kind = TypeKind.Media, Constraints = constraints with { Media = media } };
    }

    /// <summary>Whether an example or a default shows that the property takes more than URLs; reported once per property.</summary>
    private bool HasOtherThanUrl(SpecNode schema, NamingContext naming)
    {
        var property = naming.Node ?? schema;
        if ((UrlEvidence.Against(schema) ?? UrlEvidence.Against(property)) is not { } evidence) return false;
        if (_otherThanUrl.Add(property))
        {
            var shown = Text.Characters.Show(evidence.Value.Text);
            _context.Report(SpecDiagnosticKind.OtherThanUrl, evidence.Value, naming.WireName, evidence.Keyword, shown);
        }

        return true;
    }

    private TypeUse ReadList(SpecNode schema, NamingContext naming)
    {
        if (_nesting == MaxNesting) return TooDeep(schema, NestedContainers);
        var links = Enter();
        var element = ReadElement(schema, naming.Element);
        Leave(links);
        if (LevelsOf(element) >= MaxNesting) return TooDeep(schema, NestedContainers);
        var constraints = ConstraintReader.List(schema, _context);
        if (schema.Get("prefixItems") is { Kind: JsonKind.Array } prefix && schema.Get("items") is not { Kind: JsonKind.Object })
            constraints = constraints with
            {
                MinItems = constraints.MinItems ?? prefix.Items.Length,
                MaxItems = constraints.MaxItems
                ?? prefix.Items.Length
            };
        return new TypeUse { Kind = TypeKind.List, Element = element, Constraints = constraints };
    }

    private TypeUse ReadElement(SpecNode schema, NamingContext naming)
    {
        if (schema.Get("items") is { Kind: JsonKind.Object } items)
            return TupleOf(items) is { } tuple ? ReadTuple(tuple, items, naming) : Read(items, naming);
        return schema.Get("prefixItems") is { Kind: JsonKind.Array, Items.Length: > 0 } prefix ? ReadTuple(prefix.Items, prefix, naming) : Json();
    }

    /// <summary>Some of fal's documents spell a tuple as <c>items: {"0": …, "1": …}</c>.</summary>
    private static SpecNode[]? TupleOf(SpecNode items)
    {
        if (items.Members.Length == 0) return null;
        var nodes = new SpecNode[items.Members.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            if (items.Get(i.ToString(System.Globalization.CultureInfo.InvariantCulture)) is not { Kind: JsonKind.Object } node) return null;
            nodes[i] = node;
        }

        return nodes;
    }

    /// <summary>A tuple whose places agree is a list of that type; any other is a list of JSON.</summary>
    private TypeUse ReadTuple(SpecNode[] places, SpecNode schema, NamingContext naming)
    {
        var first = Read(places[0], naming);
        for (var i = 1; i < places.Length; i++)
        {
            if (!Read(places[i], naming).Equals(first)) return Unsupported(schema, "a list whose elements differ in type");
        }

        return first;
    }

    private TypeUse Unsupported(SpecNode schema, string what)
    {
        _context.Report(SpecDiagnosticKind.LeftAsJson, schema, what);
        _context.MarkEnforced(schema);
        return Json();
    }

    /// <summary>Goes one level of lists, maps and objects deeper, where a chain of references starts again.</summary>
    private int Enter()
    {
        var links = _links;
        _links = 0;
        _nesting++;
        return links;
    }

    private void Leave(int links)
    {
        _links = links;
        _nesting--;
    }

    /// <summary>Hosts differ in their stacks: a small one may end before <see cref="MaxSchemas"/>.</summary>
    private static bool HasStack()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return true;
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }

    private TypeUse TooDeep(SpecNode schema, string what)
    {
        _context.Report(SpecDiagnosticKind.NestingTooDeep, schema.Head(), schema.Source, what);
        return Json();
    }

    /// <summary>The levels of lists and maps. A component that was read elsewhere brings its own.</summary>
    private static int LevelsOf(TypeUse use)
    {
        var levels = 0;
        for (; use.Element is not null; use = use.Element) levels++;
        return levels;
    }

    private static string Digits(int number) => Text.Literal.Digits(number);
}
