using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>
/// Generates results that are valid for an endpoint's document, and their files. The same request id gives the same result.
/// </summary>
internal sealed class ResultMaker(FalEmulatedFiles files)
{
    private readonly MediaMaker _media = new();

    /// <summary>
    /// Generates the output of a successful job, and stores its files. The same request id always gives the same output.
    /// </summary>
    /// <param name="document">The document with the output schema.</param>
    /// <param name="input">The request; its size and duration, if any, determine the media.</param>
    /// <param name="requestId">The request id, which seeds the values.</param>
    /// <param name="lifecycle">The lifetime that the request sets for its files.</param>
    public JsonNode? Make(ServedDocument document, JsonElement input, string requestId, FileLifecycle? lifecycle = null)
    {
        if (document.Output is null) return new JsonObject();
        var made = Try(document, input, requestId, lifecycle, useExamples: true);
        // A document may have examples that its own schema rejects; clients could not parse those.
        if (document.ResultValidator.Validate(made.Result).Count > 0) made = Try(document, input, requestId, lifecycle, useExamples: false);
        foreach (var file in made.Files) files.Add(file);
        return made.Result;
    }

    /// <summary>Generates a result and its files, which are not stored yet.</summary>
    internal (JsonNode? Result, IReadOnlyList<FalEmulatedFile> Files) Try(
        ServedDocument document, JsonElement input, string requestId, FileLifecycle? lifecycle, bool useExamples)
    {
        var seed = Seed(requestId);
        var wishes = MediaWishes.FromInput(input);
        var mark = MediaMark.FromInput(document.Endpoint.ToString(), input);
        var made = new List<FalEmulatedFile>();
        var placer = new MediaPlacer((kind, number, stem) =>
        {
            var media = _media.Make(kind, wishes, seed + number, mark);
            // The id of a file is derived from the request id, so that a repeated result has the same files.
            var id = FormattableString.Invariant($"{requestId}-{number + 1}");
            var file = files.New(id, stem + media.Extension, media.ContentType, media.Bytes, FalFileOrigin.Result, lifecycle);
            made.Add(file);
            return new PlacedFile(file.Url.AbsoluteUri, file.Name, media);
        });
        var result = new ValueMaker(document, placer, new Random(seed), useExamples).Make(document.Output, MediaHint.FromDocument(document));
        return (result, made);
    }

    private static int Seed(string requestId) => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(requestId)));
}
