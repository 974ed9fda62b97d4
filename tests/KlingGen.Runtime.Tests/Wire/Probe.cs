using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>Reads JSON by hand in a test.</summary>
public sealed class Probe : IFalObject<Probe>
{
    [ThreadStatic]
    private static FalReadItem<object?>? _read;

    private object? _value;

    public static object? Read(string json, FalReadItem<object?> read)
    {
        _read = read;
        return FalJson.Read<Probe>(json)._value;
    }

    static Probe IFalObject<Probe>.Read(ref FalJsonReader json) => new() { _value = _read!(ref json) };

    void IFalObject<Probe>.Write(FalJsonWriter json) => json.NullValue();
}
