namespace Fal.Wire;

/// <summary>A serialized request: bytes that are final except for the URLs of local media.</summary>
internal readonly struct FalRequestBody(byte[] json, List<FalJsonHole>? holes)
{
    /// <summary>The media to upload, each object once, in the order of the request.</summary>
    public IReadOnlyList<FalMedia> Media
        => holes is null ? [] : [.. holes.Select(hole => hole.Media).Distinct(ReferenceEqualityComparer.Instance).Cast<FalMedia>()];

    /// <summary>Whether the bytes are final, because no media is local.</summary>
    public bool IsComplete => holes is null || !holes[0].Media.IsLocal;

    public static FalRequestBody FromRequest<T>(T request)
        where T : class, IFalObject<T>
    {
        using var writer = FalJsonWriter.Rent();
        request.Write(writer);
        return new(writer.Written.ToArray(), writer.Holes);
    }

    /// <summary>The final bytes of a request without local media.</summary>
    public ReadOnlyMemory<byte> Complete()
        => IsComplete ? json : throw new InvalidOperationException($"{Media[0]} has no URL yet.");

    /// <summary>The final bytes, with the URL of each media file in its hole.</summary>
    public ReadOnlyMemory<byte> Complete(Func<FalMedia, string> urlOf) => IsComplete ? json : FalJsonHole.Fill(json, holes!, urlOf);
}
