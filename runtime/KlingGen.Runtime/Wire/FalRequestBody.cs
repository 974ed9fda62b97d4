namespace Fal.Wire;

/// <summary>A request written once: bytes that are final except where the URL of a medium is still missing.</summary>
internal sealed class FalRequestBody
{
    private readonly byte[] _text;
    private readonly FalJsonHole[] _holes;

    private FalRequestBody(byte[] text, FalJsonHole[] holes)
    {
        _text = text;
        _holes = holes;
    }

    /// <summary>The media to upload, each object once, in the order of the request.</summary>
    public IReadOnlyList<FalMedia> Media
        => [.. _holes.Select(hole => hole.Media).Distinct(ReferenceEqualityComparer.Instance).Cast<FalMedia>()];

    /// <summary>Whether the bytes are final already.</summary>
    public bool IsComplete => _holes.Length == 0;

    public static FalRequestBody Of<T>(T request)
        where T : class, IFalObject<T>
    {
        using var json = new FalJsonWriter();
        request.Write(json);
        return new(json.Written.ToArray(), [.. json.Holes]);
    }

    /// <summary>The final bytes of a request without local media.</summary>
    public ReadOnlyMemory<byte> Complete()
        => IsComplete ? _text : throw new InvalidOperationException($"{_holes[0].Media} has no URL yet.");

    /// <summary>The final bytes, with the URL of each medium in its place.</summary>
    public ReadOnlyMemory<byte> Complete(Func<FalMedia, string> urlOf)
    {
        if (IsComplete)
            return _text;
        using var json = new FalJsonWriter(capacity: _text.Length + 128 * _holes.Length);
        var done = 0;
        foreach (var (position, media) in _holes)
        {
            json.Fill(_text.AsSpan(done, position - done), urlOf(media));
            done = position;
        }

        json.Fill(_text.AsSpan(done), null);
        return json.Written.ToArray();
    }
}
