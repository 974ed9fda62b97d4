using System.Text;
using Fal.Emulation;
using KlingGen.Cli.Documents;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using JsonKind = KlingGen.Json.JsonKind;
using SpecNode = KlingGen.Json.SpecNode;

namespace KlingGen.Cli.Checking;

/// <summary>Validates values against a document's schemas with NJsonSchema, which shares no code with the generator's own checks.</summary>
internal sealed class SchemaValidator
{
    private readonly JsonSchemaDocument _document;

    private SchemaValidator(JsonSchemaDocument document) => _document = document;

    /// <param name="document">A whole document, its overlays applied.</param>
    /// <returns>Null if the document has no schemas, or schemas that NJsonSchema cannot read.</returns>
    public static SchemaValidator? FromDocument(SpecNode document)
    {
        if (document.Get("components")?.Get("schemas") is not { Kind: JsonKind.Object } schemas) return null;
        try
        {
            var validator = new SchemaValidator(new JsonSchemaDocument((JObject)JsonSchemaDocument.Parse(DocumentText.Write(document))));
            if (schemas.Members.Length > 0) validator.Find(schemas.Members[0].Name);
            return validator;
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            // The generator's own diagnostics report what NJsonSchema cannot read: a reference that leads nowhere, a number beyond its types.
            return null;
        }
    }

    /// <summary>The schema of this name, or null.</summary>
    public JsonSchema? Find(string name) => _document.FindComponent(name);

    /// <summary>What is wrong with a value; empty if it is valid.</summary>
    public static IReadOnlyList<string> Faults(JsonSchema schema, string json)
    {
        try
        {
            var errors = JsonSchemaDocument.Validate(schema, JsonSchemaDocument.Parse(json));
            return [.. errors.Select(error => Words(error.Kind.ToString()) + (string.IsNullOrEmpty(error.Path) ? "" : " at " + error.Path))];
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            return ["it cannot be validated (" + ex.Message + ")"];
        }
    }

    /// <summary>A node as JSON text.</summary>
    public static string Json(SpecNode node) => DocumentText.Write(node);

    /// <summary><c>StringTooLong</c> as <c>string too long</c>.</summary>
    private static string Words(string kind)
    {
        var words = new StringBuilder();
        foreach (var c in kind)
        {
            if (char.IsUpper(c) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
