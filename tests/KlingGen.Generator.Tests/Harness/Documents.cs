namespace KlingGen.Generator.Tests;

/// <summary>Small invented documents in the shape in which fal serves them.</summary>
internal static class Documents
{
    private const string AnyOutput
        = """{"title": "ClipResult", "type": "object", "properties": {"note": {"type": "string"}}, "required": ["note"]}""";

    /// <summary>An endpoint with components <c>Input</c> and <c>Output</c>.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="input">The whole schema of the input.</param>
    /// <param name="output">The whole schema of the output.</param>
    /// <param name="more">Further components, each followed by a comma.</param>
    public static string Endpoint(string id, string input, string output = AnyOutput, string more = "") => $$$$"""
        {
          "openapi": "3.0.4",
          "info": {"title": "Queue OpenAPI for {{{{id}}}}", "version": "1.0.0", "x-fal-metadata": {"endpointId": "{{{{id}}}}"}},
          "components": {
            "schemas": {
              {{{{more}}}}
              "Input": {{{{input}}}},
              "Output": {{{{output}}}}
            }
          },
          "paths": {
            "/{{{{id}}}}/requests/{request_id}": {
              "get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Output"} } } } } }
            },
            "/{{{{id}}}}": {
              "post": {
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"} } } },
                "responses": {"200": {"description": "Queued."}}
              }
            }
          }
        }
        """;

    /// <summary>An endpoint whose input has these members.</summary>
    public static string WithMembers(
        string members,
        string id = "acme/lumen/clip",
        string title = "ClipRequest",
        string beside = "",
        string more = "")
        => Endpoint(id, $$$$"""{"title": "{{{{title}}}}", "type": "object", "properties": {{{{{members}}}}}{{{{beside}}}}}""", more: more);

    /// <summary>A document without paths: types only.</summary>
    public static string Types(string schemas) => $$$$"""
        {"openapi": "3.0.4", "info": {"title": "Types", "version": "1.0.0"}, "components": {"schemas": {{{{{schemas}}}}}}}
        """;

    public static SpecText File(string id, string text) => new(id, text);

    /// <summary>Endpoints that have nothing in common but their app: <c>acme/lumen/step-00</c> and so on.</summary>
    public static SpecText[] Many(int count)
    {
        var files = new SpecText[count];
        for (var i = 0; i < count; i++) files[i] = Numbered(i);
        return files;
    }

    public static SpecText Numbered(int number, int maximum = 100)
    {
        var id = $"acme/lumen/step-{number:00}";
        var input = $$$$"""
            {"title": "Step{{{{number:00}}}}Request", "type": "object", "required": ["prompt"],
              "properties": {
                "prompt": {"type": "string", "maxLength": {{{{maximum + 100}}}}},
                "mode": {"type": "string", "enum": ["fast", "fine"], "default": "fast"},
                "image_url": {"type": "string", "ui": {"field": "image"} } } }
            """;
        var output = $$$$"""{"title": "Step{{{{number:00}}}}Result", "type": "object", "properties": {"clip": {"$ref":"""
            + $$$$""" "#/components/schemas/File"}}, "required": ["clip"]}""";
        return new SpecText(id, Endpoint(id, input, output, FileSchema));
    }

    /// <summary>fal's own file, with a comma after it.</summary>
    public const string FileSchema = """
        "File": {"title": "File", "type": "object", "required": ["url"], "properties": {
          "url": {"type": "string"}, "content_type": {"type": "string"}, "file_name": {"type": "string"}, "file_size": {"type": "integer"}}},
        """;
}
