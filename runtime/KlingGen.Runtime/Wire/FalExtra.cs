using System.Collections;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>Additional properties of a request that are not in its document. They are sent unchanged and validated by the server alone.</summary>
/// <example><code>Extra = new() { { "new_flag", true }, { "level", 3 } }</code></example>
/// <remarks>They come after the known members; one that has the name of a known member replaces it on the server.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalExtraConverter))]
public sealed class FalExtra : IEnumerable<KeyValuePair<string, JsonElement>>
{
    private readonly List<(string Name, byte[] Json)> _members = [];

    /// <summary>How many members there are.</summary>
    public int Count => _members.Count;

    internal IReadOnlyList<(string Name, byte[] Json)> Members => _members;

    /// <summary>Adds a text member, or null.</summary>
    public void Add(string name, string? value) => Add(name, json => json.StringValue(value));

    /// <summary>Adds a true or false member.</summary>
    public void Add(string name, bool value) => Add(name, json => json.BooleanValue(value));

    /// <summary>Adds an integer member.</summary>
    public void Add(string name, long value) => Add(name, json => json.IntegerValue(value));

    /// <summary>Adds a number member.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public void Add(string name, double value) => Add(name, json => json.NumberValue(value));

    /// <summary>Adds a member of any JSON.</summary>
    /// <exception cref="ArgumentException">The element was never set.</exception>
    public void Add(string name, JsonElement value) => Add(name, json => json.JsonValue(value));

    /// <summary>The members, in the order in which they were added.</summary>
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator()
    {
        foreach (var (name, json) in _members)
            yield return new(name, new FalRawJson(json).ToElement());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The members as JSON, with long texts shortened.</summary>
    public override string ToString() => FalValue.Show(json =>
    {
        json.StartObject();
        json.Extra(this);
        json.EndObject();
    });

    /// <summary>Takes a member as it was read.</summary>
    internal void Keep(string name, FalRawJson value)
    {
        var utf8 = value.Utf8.ToArray();
        var known = _members.FindIndex(member => member.Name == name);
        if (known < 0) _members.Add((name, utf8));
        else _members[known] = (name, utf8);
    }

    private void Add(string name, Action<FalJsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_members.Exists(member => member.Name == name))
            throw new ArgumentException($"'{name}' was added before.", nameof(name));
        using var json = new FalJsonWriter(capacity: 64);
        write(json);
        _members.Add((name, json.Written.ToArray()));
    }
}
