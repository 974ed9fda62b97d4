using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>Writes JSON as UTF-8 over <see cref="Utf8JsonWriter"/>. Correct nesting is the caller's responsibility.</summary>
/// <remarks>Names are given unescaped.</remarks>
public sealed partial class FalJsonWriter : IDisposable
{
    // Larger buffers are left to the collector, so that one large request does not keep its memory.
    private const int LargestCached = 64 * 1024;

    // A writer and its buffer are most of what writing allocates: 1.4 KB for a request of 150 bytes.
    [ThreadStatic]
    private static FalJsonWriter? _cached;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private FalJsonMode _mode;
    private bool _isRented;
    private List<FalJsonHole>? _holes;
    private List<FalMedia>? _identities;

    private FalJsonWriter() => _json = new(_buffer, FalJsonText.WriterOptions);

    /// <summary>Takes the writer of this thread; its owner disposes it once.</summary>
    internal static FalJsonWriter Rent(FalJsonMode mode = FalJsonMode.Wire)
    {
        var writer = _cached ??= new();
        // A write within a write, such as that of a property with a getter of its own, gets another writer.
        if (writer._isRented) writer = new();
        writer._isRented = true;
        writer._mode = mode;
        return writer;
    }

    /// <summary>The media that must be uploaded, in the order of the JSON; null if there are none.</summary>
    internal List<FalJsonHole>? Holes => _holes;

    /// <summary>The JSON written so far, with a placeholder in each hole.</summary>
    internal ReadOnlySpan<byte> Written
    {
        get
        {
            _json.Flush();
            return _buffer.WrittenSpan;
        }
    }

    /// <summary>Whether the order of some object's members means nothing: maps, extras, free-form JSON.</summary>
    internal bool Unordered { get; private set; }

    /// <summary>Makes media that are equal the same value for all writers that share the list.</summary>
    internal void ShareIdentities(List<FalMedia> identities) => _identities = identities;

    /// <summary>Starts an object.</summary>
    public void StartObject() => _json.WriteStartObject();

    /// <summary>Ends the current object.</summary>
    public void EndObject() => _json.WriteEndObject();

    /// <summary>Starts an array.</summary>
    public void StartArray() => _json.WriteStartArray();

    /// <summary>Ends the current array.</summary>
    public void EndArray() => _json.WriteEndArray();

    /// <summary>Writes a string, or null.</summary>
    public void StringValue(string? value)
        => _json.WriteStringValue(value is null ? null : Shown(value));

    /// <summary>Writes true or false.</summary>
    public void BooleanValue(bool value) => _json.WriteBooleanValue(value);

    /// <summary>Writes an integer.</summary>
    public void IntegerValue(long value) => _json.WriteNumberValue(value);

    /// <summary>Writes an integer of up to 128 bits.</summary>
    public void WideValue(Int128 value)
    {
        Span<byte> digits = stackalloc byte[40];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        _json.WriteRawValue(digits[..length], skipInputValidation: true);
    }

    /// <summary>Writes a number in its shortest exact form.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public void NumberValue(double value)
    {
        if (IsShort(value, out var exact))
            _json.WriteNumberValue(exact);
        else if (double.IsFinite(value))
            _json.WriteNumberValue(value);
        else if (_mode == FalJsonMode.Wire)
            throw NotFinite(value, default);
        else
            _json.WriteStringValue(NotFiniteText(value));
    }

    /// <summary>Writes the wire value of an enum, or null.</summary>
    public void WordValue(JsonEncodedText? word)
    {
        if (word is { } given)
            _json.WriteStringValue(given);
        else
            NullValue();
    }

    /// <summary>Writes a JSON element.</summary>
    /// <exception cref="ArgumentException">The element is undefined.</exception>
    public void JsonValue(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
            Rewrite(FalJsonText.BytesOf(value));
        else if (_mode == FalJsonMode.Wire)
            throw new ArgumentException("A JsonElement that was never set has no JSON form.", nameof(value));
        else
            NullValue();
    }

    /// <summary>Writes a medium as its URL, or null. A local one leaves a hole that its upload fills.</summary>
    public void MediaValue(FalMedia? value)
    {
        if (value is null || value.Url is not null)
        {
            StringValue(value?.Url);
        }
        else if (_mode == FalJsonMode.Wire)
        {
            (_holes ??= []).Add(FalJsonHole.Write(_json, value));
        }
        else
        {
            StringValue(_mode == FalJsonMode.Display ? value.ToString() : IdentityOf(value));
        }
    }

    /// <summary>Writes an object or union, or null.</summary>
    public void ObjectValue<T>(T? value)
        where T : class, IFalObject<T>
    {
        if (value is null)
            NullValue();
        else
            value.Write(this);
    }

    /// <summary>Writes an array, or null.</summary>
    public void ListValue<T>(IReadOnlyList<T>? values, FalWriteItem<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (values is null)
        {
            NullValue();
            return;
        }

        StartArray();
        for (var i = 0; i < values.Count; i++)
            write(this, values[i]);
        EndArray();
    }

    /// <summary>Writes a map as an object, or null.</summary>
    public void MapValue<T>(IReadOnlyDictionary<string, T>? values, FalWriteItem<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (values is null)
        {
            NullValue();
            return;
        }

        StartObject();
        foreach (var (key, value) in values)
        {
            Name(key);
            write(this, value);
        }

        EndObject();
    }

    /// <summary>Writes null.</summary>
    public void NullValue() => _json.WriteNullValue();

    /// <summary>Writes JSON token by token, without its white space and comments, and with broken text replaced.</summary>
    internal void Rewrite(ReadOnlySpan<byte> json)
    {
        if (FalJsonText.Rewrite(json, _json, isShortened: _mode == FalJsonMode.Display)) Unordered = true;
    }

    void IDisposable.Dispose()
    {
        if (_buffer.Capacity > LargestCached)
        {
            _cached = null;
            return;
        }

        _json.Reset();
        _buffer.ResetWrittenCount();
        _holes = null;
        _identities = null;
        Unordered = false;
        _isRented = false;
    }

    // Most numbers of requests, such as 0.5, have few digits, and a decimal of them is written in half the time of a double.
    // An integer divided by a power of ten is rounded as a parser rounds its text, so the text is that of the double.
    private static bool IsShort(double value, out decimal exact)
    {
        for (var (scale, power) = ((byte)0, 1); scale <= 4; scale++, power *= 10)
        {
            var digits = Math.Round(value * power);
            if (digits / power != value || Math.Abs(digits) is < 1 or > int.MaxValue) continue;
            exact = new((int)Math.Abs(digits), 0, 0, value < 0, scale);
            return true;
        }
        exact = 0;
        return false;
    }

    private string Shown(string value) => _mode == FalJsonMode.Display ? FalDisplayText.Shorten(value) : value;

    // Display and comparison must not throw, and strings distinguish the three values.
    private static string NotFiniteText(double value) => value.ToString(CultureInfo.InvariantCulture);

    private string IdentityOf(FalMedia media)
    {
        if (_identities is null)
            return $"<media {media.GetHashCode().ToString("x8", CultureInfo.InvariantCulture)}>";
        var index = _identities.IndexOf(media);
        if (index < 0)
        {
            index = _identities.Count;
            _identities.Add(media);
        }

        return $"<media {index.ToString(CultureInfo.InvariantCulture)}>";
    }

    private static ArgumentException NotFinite(double value, ReadOnlySpan<byte> name)
    {
        var member = name.IsEmpty ? "A number" : $"'{Encoding.UTF8.GetString(name)}'";
        return new($"{member} must be a finite number, not {value.ToString(CultureInfo.InvariantCulture)}: JSON has no form for it.");
    }
}
