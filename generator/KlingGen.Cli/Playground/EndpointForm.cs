using System.Text.Json.Nodes;
using KlingGen.Cli.Listing;
using KlingGen.Cli.Running;
using KlingGen.Emission;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Planning;
using KlingGen.Text;

namespace KlingGen.Cli.Playground;

/// <summary>
/// Describes the request of an endpoint for the page: its types, each property with limits, server default and rules in words, and an example.
/// The page only draws it. Values are checked by the tool.
/// </summary>
internal sealed class EndpointForm(KnownEndpoint known, EndpointFileModel file, string clientPath)
{
    private readonly JsonObject _types = [];

    /// <summary>The description as JSON.</summary>
    public string ToText()
    {
        var root = known.Request;
        if (root is not null) AddType(root);
        return new JsonObject
        {
            ["id"] = known.Model.Endpoint!.Id,
            ["client"] = clientPath,
            ["category"] = Text("category"),
            ["summary"] = known.Model.Endpoint.Summary,
            ["documentation"] = Text("documentationUrl") is { } url && url.StartsWith("https://", StringComparison.Ordinal) ? url : null,
            ["request"] = root is null ? null : FinalName(root.Name),
            ["root"] = root?.Name,
            ["types"] = _types,
            ["example"] = root?.Example is { } example ? Value(example) : null,
        }.ToJsonString();
    }

    private string? Text(string name)
        => known.Document.Get("info")?.Get("x-fal-metadata")?.Get(name) is { Kind: JsonKind.String } text ? text.Text : null;

    private string FinalName(string name) => file.Bindings.FirstOrDefault(binding => binding.Local == name)?.Final ?? name;

    private void AddType(ObjectModel model)
    {
        if (_types.ContainsKey(model.Name)) return;
        var members = new JsonArray();
        _types[model.Name] = members;
        foreach (var property in model.Properties.Where(property => !property.IsFixed)) members.Add(Member(property, model));
    }

    private JsonObject Member(PropertyModel property, ObjectModel holder) => new()
    {
        ["name"] = property.WireName,
        ["required"] = property.IsRequired,
        ["deprecated"] = property.IsDeprecated,
        ["summary"] = Summary(property.Summary),
        ["limits"] = EndpointList.PlainText(ConstraintWords.Constraints(property.Type)),
        ["rules"] = EndpointList.PlainText(CrossFieldRuleWords.Describe(property, holder)),
        ["default"] = property.Default is { IsNull: false } value ? Value(value) : null,
        ["type"] = Type(property.Type),
    };

    private JsonObject Type(TypeUse use)
    {
        var model = known.Find(use);
        var result = new JsonObject
        {
            ["kind"] = use.Kind switch
            {
                TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide => "integer",
                TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum => "enum",
                TypeKind.File or TypeKind.Image => "json",
                TypeKind.Object or TypeKind.Union when model is null => "json",
                _ => use.Kind.ToString().ToLowerInvariant(),
            },
            ["constraints"] = EndpointConstraints.ToJson(use),
        };
        if (use.Element is { } element) result["element"] = Type(element);
        switch (model)
        {
            case ObjectModel type:
                AddType(type);
                result["type"] = type.Name;
                break;
            case EnumModel choice:
                result["values"] = new JsonArray([.. choice.Values.Select(value => EnumValue(choice.Kind, value.Wire))]);
                break;
            case UnionModel union:
                result["branches"] = new JsonArray([.. union.Branches.Select(branch
                    => new JsonObject { ["name"] = branch.Name, ["type"] = Type(branch.Type) })]);
                break;
        }

        return result;
    }

    private static JsonNode? EnumValue(EnumKind kind, string wire) => kind == EnumKind.Text ? wire : JsonNode.Parse(wire);

    private static string? Summary(string? text)
        => text is null ? null : string.Join(" ", DocText.Read(text).Select(block => block.Text));

    /// <summary>A value of the document as JSON. Values that were assembled from the examples of properties have no text in the document.</summary>
    private JsonNode? Value(ValueModel value)
    {
        if (value.IsNull) return null;
        switch (value.Kind)
        {
            case TypeKind.Text or TypeKind.Media or TypeKind.TextEnum:
                return value.Text;
            case TypeKind.Object when value.Text.Length == 0 && known.Find(value.Type!) is ObjectModel model:
                return new JsonObject(value.Members.Select(member => KeyValuePair.Create(
                    model.Properties.First(property => property.Name == member.Name).WireName, Value(member.Value))));
            default:
                return JsonNode.Parse(value.Text);
        }
    }
}
