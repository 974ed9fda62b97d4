using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>The table of an emitted enum's values and their wire values, behind the class for the enum, such as <c>DurationValues</c>.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FalEnumTable<T>
    where T : struct
{
    private readonly Func<string, T>? _open;
    private readonly T[] _values;
    private readonly string[] _wires;
    private readonly byte[][] _utf8;
    private readonly JsonEncodedText[] _encoded;

    /// <summary>Creates the table of a C# enum whose values count from 1, in the order of their wire values.</summary>
    /// <param name="wires">The wire values in the order of the document; numbers in JSON format.</param>
    public FalEnumTable(params string[] wires)
        : this(null, wires, ValuesFromOne(wires))
    {
    }

    /// <summary>Creates the table of a C# enum of integers, which are the wire values.</summary>
    /// <param name="values">The values in the order of the document.</param>
    public FalEnumTable(params T[] values)
        : this(null, Array.ConvertAll(values, static value => DecimalOf(value)), values)
    {
    }

    /// <summary>Creates the table of an enum that permits strings outside the document.</summary>
    /// <param name="open">Creates a value from any string.</param>
    /// <param name="wires">The wire values in the order of the document.</param>
    public FalEnumTable(Func<string, T> open, params string[] wires)
        : this(open, wires, Array.ConvertAll(wires, new Converter<string, T>(open)))
    {
    }

    private FalEnumTable(Func<string, T>? open, string[] wires, T[] values)
    {
        _open = open;
        _values = values;
        _wires = wires;
        _utf8 = Array.ConvertAll(wires, Encoding.UTF8.GetBytes);
        _encoded = Array.ConvertAll(_utf8, static word => JsonEncodedText.Encode(word, FalJsonText.WriterOptions.Encoder));
        All = Array.AsReadOnly(values);
    }

    /// <summary>All values, in the order of the document.</summary>
    public IReadOnlyList<T> All { get; }

    /// <summary>The wire values, in the order of the document.</summary>
    internal string[] Wires => _wires;

    private static string Name => typeof(T).Name;

    /// <summary>Finds the value with this wire value; false if there is none.</summary>
    public bool TryParse(string? wire, out T value)
    {
        var index = Array.IndexOf(_wires, wire);
        value = index < 0 ? default : _values[index];
        return index >= 0;
    }

    /// <summary>The value with this wire value; null for null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none; the message lists all values.</exception>
    public T? FromWire(string? wire)
    {
        if (wire is null) return null;
        if (TryParse(wire, out var value)) return value;
        throw new ArgumentOutOfRangeException(nameof(wire), wire, $"{Name} has no such value. Its values are {string.Join(", ", _wires)}.");
    }

    /// <summary>The wire value of a value; null for null.</summary>
    public string? WireOf(T? value) => value is { } given ? ToWire(given) : null;

    /// <summary>The wire value of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not have the value.</exception>
    public string ToWire(T value) => _open is null ? _wires[RequireIndex(value)] : value.ToString()!;

    /// <summary>Finds the value of this number of seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none; the message has the nearest ones and all values.</exception>
    public T FromSeconds(double seconds)
    {
        for (var i = 0; i < _values.Length; i++)
            if (SecondsAt(i) == seconds) return _values[i];
        var sorted = Enumerable.Range(0, _values.Length).Select(SecondsAt).Order().ToList();
        var near = sorted.Where(value => value < seconds).TakeLast(1).Concat(sorted.Where(value => value > seconds).Take(1));
        throw new ArgumentOutOfRangeException(
            nameof(seconds),
            seconds,
            $"{Name} has no value of {Text(seconds)} seconds; the nearest are {List(near)}. Its values are {List(sorted)}.");

        static string List(IEnumerable<double> values) => string.Join(", ", values.Select(Text));

        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The value nearest to a duration; the shorter one of two that are equally near.</summary>
    public T Nearest(TimeSpan duration)
        => _values[Enumerable.Range(0, _values.Length).MinBy(i => (Math.Abs(SecondsAt(i) - duration.TotalSeconds), SecondsAt(i)))];

    /// <summary>The value of this duration; null for null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none; the message has the nearest ones and all values.</exception>
    public T? FromDuration(TimeSpan? duration) => duration is { } given ? FromSeconds(given.TotalSeconds) : null;

    /// <summary>The duration of a value; null for null.</summary>
    public TimeSpan? DurationOf(T? value) => value is { } given ? TimeSpan.FromSeconds(SecondsAt(RequireIndex(given))) : null;

    /// <summary>Whether the document has the value; true for null.</summary>
    internal bool Has(T? value) => value is null || IndexOf(value.GetValueOrDefault()) >= 0;

    /// <summary>The wire value as an encoded JSON string; null for null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not have the value.</exception>
    public JsonEncodedText? Encoded(T? value) => value is { } given ? _encoded[RequireIndex(given)] : null;

    /// <summary>The number of a value of an enum of numbers; null for null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not have the value.</exception>
    public double? Number(T? value) => value is { } given ? NumberAt(RequireIndex(given)) : null;

    /// <summary>Reads a string; null if it is null.</summary>
    /// <exception cref="FalProtocolException">The enum does not have the value.</exception>
    public T? Read(ref FalJsonReader json)
    {
        if (_open is not null) return json.String() is { } word ? _open(word) : null;
        if (json.IsNull()) return null;
        return TryRead(ref json, out var value) ? value : throw json.UnknownWord(Name);
    }

    /// <summary>Reads a string if it is the wire value of a value.</summary>
    public bool TryRead(ref FalJsonReader json, out T value)
    {
        for (var i = 0; i < _utf8.Length; i++)
        {
            if (!json.TextIs(_utf8[i])) continue;
            value = _values[i];
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Writes a string.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not have the value.</exception>
    internal void Write(FalJsonWriter json, T value)
    {
        if (_open is null) json.WordValue(_encoded[RequireIndex(value)]);
        else json.StringValue(value.ToString());
    }

    /// <summary>Reads a number; null if it is null.</summary>
    /// <exception cref="FalProtocolException">The enum does not have the value.</exception>
    public T? ReadNumber(ref FalJsonReader json)
    {
        if (json.Number() is not { } number) return null;
        for (var i = 0; i < _values.Length; i++)
            if (NumberAt(i) == number) return _values[i];
        throw json.UnknownWord(Name);
    }

    private static T[] ValuesFromOne(string[] wires)
    {
        ArgumentNullException.ThrowIfNull(wires);
        var values = new T[wires.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (T)Enum.ToObject(typeof(T), i + 1);
        return values;
    }

    private static string DecimalOf(T value) => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private double NumberAt(int index) => double.Parse(_wires[index], NumberStyles.Float, CultureInfo.InvariantCulture);

    // Kling writes seconds as "5", other models as "5s" or 5.
    private double SecondsAt(int index) => double.Parse(_wires[index].AsSpan().TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture);

    private int RequireIndex(T value)
    {
        var index = IndexOf(value);
        return index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name} has no such value.");
    }

    // A search with the default comparer of a value type does not box; enums are short.
    private int IndexOf(T value) => Array.IndexOf(_values, value);
}
