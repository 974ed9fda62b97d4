namespace Fal.Emulation.Tests;

/// <summary>Documents that tests make up.</summary>
internal static class Made
{
    public const string Prompt = """{"type":"object","required":["prompt"],"properties":{"prompt":{"type":"string"}}}""";
    public const string Text = """{"type":"object","required":["text"],"properties":{"text":{"type":"string","examples":["a text"]}}}""";

    /// <summary>A document in fal's shape, of an endpoint with these schemas.</summary>
    public static string Document(string endpointId, string input = Prompt, string output = Text, string more = "") => $$"""
        {
          "openapi": "3.0.4",
          "info": { "title": "{{endpointId}}", "version": "1.0.0" },
          "components": { "schemas": { "In": {{input}}, "Out": {{output}}{{more}} } },
          "paths": {
            "/{{endpointId}}/requests/{request_id}": {
              "get": { "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Out" } } } } } }
            },
            "/{{endpointId}}": {
              "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/In" } } } } }
            }
          }
        }
        """;
}
