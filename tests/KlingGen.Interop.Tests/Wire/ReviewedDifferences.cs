using Fal.Emulation;
using static Fal.Emulation.FalOperation;

namespace KlingGen.Interop.Tests.Wire;

/// <summary>
/// Everything in which KlingGen's requests differ from those of fal's own client, with the reason. The comparison fails on a difference that is not
/// here, and on a row that does not occur any more.
/// </summary>
internal static class ReviewedDifferences
{
    private const FalOperation Bytes = Upload | UploadPart | UploadComplete;
    private const FalOperation Reads = Status | StatusStream | Result;

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(Any & ~Bytes, "header user-agent", "@fal-ai/client/n", "KlingGen/n (.NET n)", "Each says who it is."),
        new(Bytes, "header user-agent", "node", "KlingGen/n (.NET n)",
            "Bytes leave the other client through a bare fetch, which names its platform; ours says who it is everywhere."),
        new(Any, "header accept-language", "*", "", "Added by node's fetch; it says nothing about the call."),
        new(Any, "header sec-fetch-mode", "cors", "", "Added by node's fetch; it means something in browsers only."),
        new(Any & ~Bytes, "header accept-encoding", "gzip, deflate", "",
            "Added by node's fetch. We read answers as they come, so that limits and lengths are about the bytes on the wire."),
        new(Bytes, "header accept-encoding", "gzip, deflate", "identity",
            "A proxy that compresses an answer drops its ETag header, without which parts cannot be put together."),
        new(Bytes, "header accept", "*/*", "", "Added by node's fetch; a request without it means the same."),
        new(Reads | Cancel, "header content-type", "application/json", "", "There is no body that it could be about."),
        new(StatusStream | RunStream, "header accept", "application/json, text/event-stream", "text/event-stream",
            "The other client adds its wish to its usual one instead of replacing it; both want events."),
        new(Status, "query", "?logs=0", "", "No logs is what fal sends unless asked."),
        new(Submit, "header x-fal-queue-priority", "normal", "", "An option that is not set is not sent; normal is fal's own default."),
        new(Submit | Run, "header x-fal-request-start-timeout", "", "30",
            "The newer name of the same limit; we send both names, since fal's documents know either."),
        new(UploadInitiate, "header x-fal-object-lifecycle-preference", "", """{"expiration_duration_seconds":604800}""",
            "We send both names of the wish, as fal's Python client does."),
    ];

    /// <summary>A difference, and why it is right.</summary>
    internal sealed record Row(FalOperation Kinds, string Part, string Official, string Ours, string Reason)
    {
        public bool Covers(WireDifference difference)
            => Kinds.HasFlag(difference.Kind) && (Part, Official, Ours) == (difference.Part, difference.Official, difference.Ours);
    }
}
