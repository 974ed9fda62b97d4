using System.Text.Json;

namespace Fal.Wire;

// What unions choose by. Nothing here moves the reader.
public ref partial struct FalJsonReader
{
    /// <summary>What the value to be read next is.</summary>
    public readonly FalJsonKind Kind => _reader.TokenType switch
    {
        JsonTokenType.True or JsonTokenType.False => FalJsonKind.Boolean,
        JsonTokenType.Number => _reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 ? FalJsonKind.Integer : FalJsonKind.Number,
        JsonTokenType.String => FalJsonKind.String,
        JsonTokenType.StartArray => FalJsonKind.Array,
        JsonTokenType.StartObject => FalJsonKind.Object,
        _ => FalJsonKind.Null,
    };

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
        return ahead.Find(name) && ahead._reader.TokenType == JsonTokenType.String ? ahead.String() : null;
    }

    /// <summary>The value to be read next, as it stands in the text.</summary>
    public readonly FalRawJson Raw()
    {
        var ahead = this;
        var start = (int)ahead._reader.TokenStartIndex;
        ahead._reader.Skip();
        return Slice(start, (int)ahead._reader.BytesConsumed - start);
    }

    private bool Find(ReadOnlySpan<byte> name)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (NextMember())
        {
            if (Is(name))
                return true;
            Skip();
        }

        return false;
    }

    private readonly FalRawJson Slice(int start, int length)
        => new(_memory.IsEmpty ? _root.Slice(start, length).ToArray() : _memory.Slice(start, length));
}
