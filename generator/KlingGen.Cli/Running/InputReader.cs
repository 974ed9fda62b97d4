using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Terminal;
using KlingGen.Model;
using KlingGen.Planning;

namespace KlingGen.Cli.Running;

/// <summary>Puts a request together from a file and from what was typed.</summary>
/// <param name="endpoint">The document if it is known; it determines whether <c>5</c> is a number or a string.</param>
/// <param name="open">Opens a local file by its path; the paths count from the current folder unless given.</param>
internal sealed class InputReader(KnownEndpoint? endpoint, Func<string, FalMedia>? open = null)
{
    private readonly Func<string, FalMedia> _open = open ?? LocalFile;

    /// <summary>The request that a command line gives: the file's members, and over them what was set.</summary>
    /// <exception cref="ToolException">A part of it cannot be understood.</exception>
    public static RequestValue Read(string? file, string[]? assignments, string endpointId, KnownEndpoint? known, ToolConsole console)
    {
        if (known is null)
        {
            var hint = EndpointHint.DidYouMean(endpointId, [.. EndpointIds.Known()]);
            console.Say($"There is no document for '{endpointId}', so only the server can check the request{(hint.Length > 0 ? hint : ".")}");
        }

        var json = file is not null ? ReadFile(file, System.Console.In) : [];
        var reader = new InputReader(known);
        foreach (var assignment in assignments ?? []) reader.Set(json, assignment);
        return new RequestValue(json, known, known?.Request);
    }

    /// <summary>The file's JSON.</summary>
    /// <exception cref="ToolException">It is not there, or holds no JSON object.</exception>
    public static JsonObject ReadFile(string path, TextReader standardInput)
    {
        string text;
        try
        {
            text = path == "-" ? standardInput.ReadToEnd() : File.ReadAllText(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The input '{path}' cannot be read: {ex.Message}", ex);
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new ToolException($"The input '{path}' is JSON, but not an object.");
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException)
        {
            throw new ToolException($"The input '{path}' is not a JSON object: {ex.Message}", ex);
        }
    }

    /// <summary>
    /// Adds one <c>key=value</c>. The key may lead into objects and lists (<c>elements.0.image_url</c>); a list's key
    /// without an index adds an element; <c>key:=value</c> takes the value as JSON, whatever the type in the document;
    /// <c>key=@path</c> is a local file where media is wanted.
    /// </summary>
    /// <exception cref="ToolException">It cannot be understood.</exception>
    public void Set(JsonObject request, string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new ToolException($"'{assignment}' is not key=value.");
        var isJson = assignment[equals - 1] == ':';
        string[] steps = assignment[..(isJson ? equals - 1 : equals)].Split('.');
        if (steps.Any(step => step.Length == 0)) throw new ToolException($"'{assignment}' is not key=value.");
        var text = assignment[(equals + 1)..];

        JsonNode at = request;
        var use = endpoint?.RequestUse;
        for (var i = 0; i < steps.Length - 1; i++)
        {
            use = endpoint?.TypeInside(use, steps[i]);
            at = Open(at, steps[i], use?.Kind == TypeKind.List || steps[i + 1].All(char.IsAsciiDigit), assignment);
        }

        use = endpoint?.TypeInside(use, steps[^1]);
        if (use is { Kind: TypeKind.List } && !isJson && !text.StartsWith('['))
        {
            if (Open(at, steps[^1], isList: true, assignment) is not JsonArray list)
                throw new ToolException($"'{assignment}' adds to a list, but the input has something else there.");
            list.Add(Value(text, use.Element, isJson, assignment));
            return;
        }

        Put(at, steps[^1], Value(text, use, isJson, assignment), assignment);
    }

    private static JsonNode Open(JsonNode at, string step, bool isList, string assignment)
    {
        var known = at switch
        {
            JsonObject members => members[step],
            JsonArray items when Index(step, assignment) is var index && index < items.Count => items[index],
            _ => null,
        };
        if (known is JsonObject or JsonArray) return known;
        JsonNode fresh = isList ? new JsonArray() : new JsonObject();
        Put(at, step, fresh, assignment);
        return fresh;
    }

    private static void Put(JsonNode at, string step, JsonNode? value, string assignment)
    {
        if (at is JsonObject members)
        {
            members[step] = value;
            return;
        }

        var items = at.AsArray();
        var index = Index(step, assignment);
        if (index > items.Count) throw new ToolException($"'{assignment}' leaves out an element; the next one is {items.Count}.");
        if (index == items.Count) items.Add(value);
        else items[index] = value;
    }

    private static int Index(string step, string assignment)
        => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
            : throw new ToolException($"'{assignment}' names a member of a list by '{step}'; elements have numbers, from 0.");

    private JsonNode? Value(string text, TypeUse? use, bool isJson, string assignment)
    {
        if (isJson) return Json(text, assignment);
        if (text.StartsWith('@') && MayBeMedia(use)) return JsonValue.Create(_open(text[1..]));
        return use?.Kind switch
        {
            TypeKind.Text or TypeKind.TextEnum or TypeKind.Media => JsonValue.Create(text),

            // Invalid JSON stays a string, and validation reports the expected type.
            _ => LooksLikeJson(text) ? Json(text, assignment) : JsonValue.Create(text),
        };
    }

    /// <summary>Prompts may begin with @ too: if the document's type is not a file, the value is a string.</summary>
    private bool MayBeMedia(TypeUse? use) => use is null || use.Kind == TypeKind.Json || endpoint?.TakesMedia(use) == true;

    private static FalMedia LocalFile(string path)
        => File.Exists(path)
            ? FalMedia.FromFile(path)
            : throw new ToolException($"There is no file '{path}'. (A text that begins with @ is written as key:='\"@…\"'.)");

    private static bool LooksLikeJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonNode? Json(string text, string assignment)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException ex)
        {
            throw new ToolException($"In '{assignment}', '{text}' is not JSON: {ex.Message}", ex);
        }
    }
}
