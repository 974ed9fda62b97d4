using System.Collections;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>Additional properties of a request that its spec does not have yet. They are sent unchanged and validated by the server only.</summary>
/// <example><code>Extra = new() { { "new_flag", true }, { "level", 3 } }</code></example>
/// <remarks>They follow the properties of the spec. If one has the name of a property of the spec, the server uses the additional one.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalExtraConverter))]
public sealed class FalExtra : IEnumerable<KeyValuePair<string, JsonElement>>
{
    private readonly List<(string Name, byte[] Json)> _members = [];

    /// <summary>The number of properties.</summary>
    public int Count => _members.Count;

    internal IReadOnlyList<(string Name, byte[] Json)> Members => _members;

    /// <summary>Adds a string property, or null.</summary>
    public void Add(string name, string? value) => Add(name, json => json.StringValue(value));

    /// <summary>Adds a Boolean property.</summary>
    public void Add(string name, bool value) => Add(name, json => json.BooleanValue(value));

    /// <summary>Adds an integer property.</summary>
    public void Add(string name, long value) => Add(name, json => json.IntegerValue(value));

    /// <summary>Adds a number property.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public void Add(string name, double value) => Add(name, json => json.NumberValue(value));

    /// <summary>Adds a property of any JSON.</summary>
    /// <exception cref="ArgumentException">The element was never set.</exception>
    public void Add(string name, JsonElement value) => Add(name, json => json.JsonValue(value));

    /// <summary>The properties, in the order of their addition.</summary>
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator()
    {
        foreach (var (name, json) in _members)
            yield return new(name, new FalRawJson(json).ToElement());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The properties as JSON, with long strings shortened.</summary>
    public override string ToString() => FalValue.Show(json =>
    {
        json.StartObject();
        json.Extra(this);
        json.EndObject();
    });

    /// <summary>Adds a property that was read from JSON; a later one of the same name replaces it.</summary>
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
        using var json = FalJsonWriter.Rent();
        write(json);
        _members.Add((name, json.Written.ToArray()));
    }
}
