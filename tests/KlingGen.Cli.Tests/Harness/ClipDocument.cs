namespace KlingGen.Cli.Tests.Harness;

/// <summary>Small documents in fal's shape, with every queue path, for endpoints that do not exist.</summary>
internal static class ClipDocument
{
    public const string Id = "acme/lumen/clip";

    /// <summary>Line and column of the first occurrence, as reports write them.</summary>
    public static string PlaceOf(string part, string text)
    {
        var before = text[..text.IndexOf(part, StringComparison.Ordinal)];
        return $"({before.Count(c => c == '\n') + 1},{before.Length - before.LastIndexOf('\n')})";
    }

    /// <param name="members">The properties of the request, as JSON.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="title">The request's title.</param>
    /// <param name="required">The request's required members.</param>
    public static string With(string members, string id = Id, string title = "ClipRequest", string required = "") => $$$"""
        {
          "openapi": "3.0.4",
          "info": {"title": "Queue OpenAPI for {{{id}}}", "version": "1.0.0", "x-fal-metadata": {"endpointId": "{{{id}}}", "about": "Makes a clip."}},
          "components": {
            "schemas": {
              "Input": {
                "title": "{{{title}}}",
                "type": "object",
                "properties": {
                  {{{members}}}
                },
                "required": [{{{required}}}]
              },
              "Output": {
                "title": "{{{title.Replace("Request", "Output", StringComparison.Ordinal)}}}",
                "type": "object",
                "properties": {"video": {"$ref": "#/components/schemas/File"}, "seed": {"type": "integer"}},
                "required": ["video"]
              },
              "File": {
                "title": "File",
                "type": "object",
                "properties": {"url": {"type": "string"}, "file_name": {"type": "string"}, "content_type": {"type": "string"}, "file_size": {"type": "integer"}},
                "required": ["url"]
              },
              "QueueStatus": {"type": "object", "properties": {"status": {"type": "string", "enum": ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]}, "request_id": {"type": "string"}}, "required": ["status", "request_id"]}
            }
          },
          "paths": {
            "/{{{id}}}/requests/{request_id}/status": {
              "get": {
                "parameters": [{"name": "request_id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "Where the job stands.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/QueueStatus"} } } } }
              }
            },
            "/{{{id}}}/requests/{request_id}/cancel": {
              "put": {
                "parameters": [{"name": "request_id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "Cancelled.", "content": {"application/json": {"schema": {"type": "object", "properties": {"success": {"type": "boolean"} } } } } } }
              }
            },
            "/{{{id}}}": {
              "post": {
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"} } } },
                "responses": {"200": {"description": "Queued.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/QueueStatus"} } } } }
              }
            },
            "/{{{id}}}/requests/{request_id}": {
              "get": {
                "parameters": [{"name": "request_id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "The result.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Output"} } } } }
              }
            }
          },
          "servers": [{"url": "https://queue.fal.run"}]
        }
        """.ReplaceLineEndings("\n");
}
