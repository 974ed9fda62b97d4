namespace KlingGen.Generator.Tests.Proofs;

/// <summary>A document that uses everything at once, and an overlay over it.</summary>
internal static class InventedDocument
{
    public const string Key = "acme/lumen/v1/text-to-clip";

    public const string Text = """
        {
          "openapi": "3.0.4",
          "info": {
            "title": "Queue OpenAPI for acme/lumen/v1/text-to-clip", "version": "1.0.0", "description": "The schema.",
            "x-fal-metadata": { "endpointId": "acme/lumen/v1/text-to-clip", "category": "text-to-video", "about": "Turns words into clips." }
          },
          "components": {
            "schemas": {
              "ClipInput": {
                "type": "object", "title": "ClipRequest", "description": "What to make. See [the guide](https://example.com/guide).",
                "x-fal-order-properties": ["prompt", "mode", "size", "steps", "scale", "angle"],
                "required": ["prompt", "kind"],
                "properties": {
                  "prompt": { "type": "string", "title": "Prompt", "description": "What the clip shows.", "minLength": 1, "maxLength": 500, "pattern": "^\\S", "examples": ["A heron at dawn", "Rain"] },
                  "kind": { "const": "clip", "type": "string", "title": "Kind" },
                  "mode": { "type": "string", "enum": ["std", "pro", "let's_ride"], "x-enum-varnames": ["Standard", "Pro", "Ride"], "default": "std", "examples": ["pro"], "description": "Quality:\n- `std`\n- `pro`" },
                  "size": {
                    "anyOf": [{ "$ref": "#/components/schemas/ImageSize" }, { "type": "string", "enum": ["square_hd", "portrait"] }],
                    "title": "Size", "description": "A preset or a size.", "default": "square_hd", "examples": [{ "width": 640, "height": 480 }]
                  },
                  "steps": { "type": "integer", "enum": [4, 8], "default": 8 },
                  "scale": { "anyOf": [{ "type": "number", "minimum": 0, "maximum": 1 }, { "type": "null" }], "title": "Scale", "default": 0.5 },
                  "angle": { "type": "number", "enum": [0.5, 1.5] },
                  "negative": { "type": "string", "default": "blur", "deprecated": true, "description": "No longer used." },
                  "car_url": { "type": "string", "format": "uri", "description": "A picture.", "ui": { "field": "image" }, "x-fal": { "max_file_size": 10485760, "extensions": [".png", ".jpg"] }, "examples": ["https://storage.example.com/car.png"] },
                  "tags": { "type": "array", "items": { "type": "string", "maxLength": 20 }, "maxItems": 4, "uniqueItems": true, "examples": [["a", "b"]] },
                  "weights": { "type": "object", "additionalProperties": { "type": "number" }, "examples": [{ "left": 1.5, "right": 2 }] },
                  "extra_data": { "type": "object", "default": { "deep": { "text": "value" } }, "examples": [{ "any": ["thing"] }] },
                  "voice": {
                    "oneOf": [{ "$ref": "#/components/schemas/SpokenVoice" }, { "$ref": "#/components/schemas/SungVoice" }],
                    "discriminator": { "propertyName": "manner", "mapping": { "spoken": "#/components/schemas/SpokenVoice", "sung": "#/components/schemas/SungVoice" } },
                    "examples": [{ "manner": "sung", "pitch": 3 }]
                  },
                  "point": { "type": "array", "items": { "0": { "type": "integer" }, "1": { "type": "integer" } }, "examples": [[1, 2]] },
                  "seed": { "type": "integer", "title": "Seed", "examples": [42] }
                },
                "examples": [{ "prompt": "A heron", "kind": "clip", "mode": "std", "tags": ["x"] }]
              },
              "ImageSize": { "type": "object", "title": "ImageSize", "required": ["width"], "properties": { "width": { "type": "integer", "minimum": 1, "maximum": 4096 }, "height": { "type": "integer", "minimum": 1, "maximum": 4096 } } },
              "SpokenVoice": { "type": "object", "title": "SpokenVoice", "required": ["manner", "text"], "properties": { "manner": { "const": "spoken" }, "text": { "type": "string" } } },
              "SungVoice": { "type": "object", "title": "SungVoice", "required": ["manner"], "properties": { "manner": { "type": "string", "enum": ["sung"] }, "pitch": { "type": "integer" } } },
              "Video": {
                "type": "object", "title": "Video", "required": ["url"],
                "properties": { "url": { "type": "string", "description": "Where it is." }, "content_type": { "type": "string" }, "file_name": { "type": "string" }, "file_size": { "type": "integer" }, "fps": { "type": "number" } }
              },
              "ClipOutput": {
                "type": "object", "title": "ClipResult", "required": ["video"],
                "properties": {
                  "video": { "allOf": [{ "$ref": "#/components/schemas/Video" }], "description": "The clip.", "examples": [{ "url": "https://storage.example.com/clip.mp4" }] },
                  "state": { "type": "string", "enum": ["good", "flagged"], "description": "What the filter said." },
                  "timings": { "type": "object", "additionalProperties": { "type": "number" } }
                }
              }
            }
          },
          "paths": {
            "/acme/lumen/v1/text-to-clip": { "post": { "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ClipInput" } } } }, "responses": { "200": { "description": "Queued." } } } },
            "/acme/lumen/v1/text-to-clip/requests/{request_id}": {
              "get": { "parameters": [{ "name": "request_id", "in": "path" }], "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ClipOutput" } } } } } }
            }
          }
        }
        """;

    public const string Overlay = """
        {
          "overlay": "1.0.0",
          "info": { "title": "What the page says", "version": "1.0.0" },
          "actions": [
            { "target": "$.components.schemas.ClipInput.properties.negative", "description": "Short.", "update": { "maxLength": 100, "description": "Rarely useful." } },
            { "target": "$.components.schemas.ClipInput.properties.angle", "update": {
              "x-enum-varnames": { "0.5": "Half", "1.5": "More" }, "x-klinggen-name": "ClipAngle" } },
            { "target": "$.components.schemas.ClipInput", "update": {
              "x-klinggen-name": "ClipOrder",
              "not": { "required": ["tags", "weights"] },
              "dependentRequired": { "weights": ["prompt"] },
              "if": { "properties": { "mode": { "const": "pro" } } }, "then": { "required": ["tags"], "properties": { "prompt": { "maxLength": 200 } } }
            } },
            { "target": "$.components.schemas.ClipOutput.properties.timings", "remove": true }
          ]
        }
        """;
}
