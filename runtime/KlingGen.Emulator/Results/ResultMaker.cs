using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Emulation;

/// <summary>Makes results that an endpoint's document allows, and the files that they name. The same request id gives the same result.</summary>
internal sealed class ResultMaker(FalEmulatedFiles files)
{
    private readonly MediaMaker _media = new();

    /// <summary>The bare output of a job that succeeded. Called once for each such job, when the result is first asked for.</summary>
    public JsonNode? Make(EmulatedJob job) => Make(job.Document, job.Input, job.RequestId, job.OutputLifecycle);

    /// <param name="document">Says what a result looks like.</param>
    /// <param name="input">The request, which may wish for a size or a duration.</param>
    /// <param name="requestId">The job.</param>
    /// <param name="lifecycle">What the request says about the lifetime of its files.</param>
    public JsonNode? Make(ServedDocument document, JsonElement input, string requestId, FileLifecycle? lifecycle = null)
    {
        if (document.Output is null) return new JsonObject();
        var made = Try(document, input, requestId, lifecycle, useExamples: true);
        // A document may have examples that its own schema refuses; those are of no use to anybody who reads by the schema.
        if (document.ResultJudge.Judge(made.Result).Count > 0) made = Try(document, input, requestId, lifecycle, useExamples: false);
        foreach (var file in made.Files) files.Add(file);
        return made.Result;
    }

    /// <summary>A result and its files, which are not stored yet.</summary>
    internal (JsonNode? Result, IReadOnlyList<FalEmulatedFile> Files) Try(
        ServedDocument document, JsonElement input, string requestId, FileLifecycle? lifecycle, bool useExamples)
    {
        var seed = Seed(requestId);
        var wishes = MediaWishes.Of(input);
        var made = new List<FalEmulatedFile>();
        var placer = new MediaPlacer((kind, number, stem) =>
        {
            var media = _media.Make(kind, wishes, seed + number);
            // The id of a file follows from the request as well, so that a result made again names the same files.
            var id = FormattableString.Invariant($"{requestId}-{number + 1}");
            var file = files.New(id, stem + media.Extension, media.ContentType, media.Bytes, FalFileOrigin.Result, lifecycle);
            made.Add(file);
            return new PlacedFile(file.Url.AbsoluteUri, file.Name, media);
        });
        var result = new ValueMaker(document, placer, new Random(seed), useExamples).Make(document.Output, MediaHint.Of(document));
        return (result, made);
    }

    private static int Seed(string requestId) => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(requestId)));
}
