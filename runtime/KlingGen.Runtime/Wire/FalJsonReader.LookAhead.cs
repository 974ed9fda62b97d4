namespace Fal.Wire;

// What unions choose by. Nothing here moves the reader.
public ref partial struct FalJsonReader
{
    /// <summary>What the value to be read next is.</summary>
    public readonly FalJsonKind Kind
    {
        get
        {
            switch (Peek)
            {
                case (byte)'{':
                    return FalJsonKind.Object;
                case (byte)'[':
                    return FalJsonKind.Array;
                case (byte)'"':
                    return FalJsonKind.String;
                case (byte)'t' or (byte)'f':
                    return FalJsonKind.Boolean;
                case (byte)'n':
                    return FalJsonKind.Null;
                default:
                    var ahead = this;
                    ahead.Digits(out var integral);
                    return integral ? FalJsonKind.Integer : FalJsonKind.Number;
            }
        }
    }

    /// <summary>Whether the object to be read next has a member of this name; false if it is no object.</summary>
    public readonly bool HasMember(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        return ahead.Find(name);
    }

    /// <summary>The text of a member of the object to be read next; null if there is none or it is no text.</summary>
    public readonly string? MemberText(ReadOnlySpan<byte> name)
    {
        var ahead = this;
        return ahead.Find(name) && ahead.Peek == '"' ? ahead.String() : null;
    }

    /// <summary>The value to be read next, as it stands in the text.</summary>
    public readonly FalRawJson Raw()
    {
        // At the root it is all there is, unless what follows is an error, which is found at the end.
        if (_depth == 0)
            return Slice(_position, _json[_position..].TrimEnd(" \n\r\t"u8).Length);
        var ahead = this;
        ahead.Skip();
        return Slice(_position, ahead._position - _position);
    }

    private bool Find(ReadOnlySpan<byte> name)
    {
        if (Peek != '{')
            return false;
        StartObject();
        while (NextMember())
        {
            if (Is(name))
                return true;
            Skip();
        }

        return false;
    }

    private readonly FalRawJson Slice(int start, int length)
        => new(_memory.IsEmpty ? _json.Slice(start, length).ToArray() : _memory.Slice(start, length));
}
