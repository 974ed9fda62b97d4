namespace Fal.Wire;

/// <summary>A serialized request: bytes that are final except for the URLs of local media.</summary>
internal sealed class FalRequestBody
{
    private readonly byte[] _json;
    private readonly IReadOnlyList<FalJsonHole> _holes;

    private FalRequestBody(byte[] json, IReadOnlyList<FalJsonHole> holes)
    {
        _json = json;
        _holes = holes;
    }

    /// <summary>The media to upload, each object once, in the order of the request.</summary>
    public IReadOnlyList<FalMedia> Media
        => [.. _holes.Select(hole => hole.Media).Distinct(ReferenceEqualityComparer.Instance).Cast<FalMedia>()];

    /// <summary>Whether the bytes are final.</summary>
    public bool IsComplete => _holes.Count == 0;

    public static FalRequestBody FromRequest<T>(T request)
        where T : class, IFalObject<T>
    {
        using var json = new FalJsonWriter();
        request.Write(json);
        return new(json.Written.ToArray(), json.Holes);
    }

    /// <summary>The final bytes of a request without local media.</summary>
    public ReadOnlyMemory<byte> Complete()
        => IsComplete ? _json : throw new InvalidOperationException($"{_holes[0].Media} has no URL yet.");

    /// <summary>The final bytes, with the URL of each media file in its hole.</summary>
    public ReadOnlyMemory<byte> Complete(Func<FalMedia, string> urlOf) => IsComplete ? _json : FalJsonHole.Fill(_json, _holes, urlOf);
}
