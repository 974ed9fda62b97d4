using System.Globalization;
using KlingGen.Checks;

namespace Fal.Wire;

public sealed partial class FalChecks
{
    /// <summary>Checks the number of elements of a list or map.</summary>
    public void Count<T>(string name, IReadOnlyCollection<T>? value, int min = 0, int max = int.MaxValue)
    {
        if (value is not null)
            Report(name, ValueRules.Count(value.Count, min, max));
    }

    /// <summary>Checks the maximum number of elements that have a property.</summary>
    /// <param name="name">The list.</param>
    /// <param name="count">The number of elements that have the property.</param>
    /// <param name="max">The maximum number.</param>
    /// <param name="property">The wire name of the property.</param>
    public void MaxContains(string name, int count, int max, string property) => Report(name, ValueRules.MaxContains(count, property, max));

    /// <summary>Checks that the elements of a list are unique.</summary>
    public void Unique<T>(string name, IReadOnlyCollection<T>? value)
    {
        if (value is null)
            return;
        var index = 0;
        var seen = new HashSet<T>();
        foreach (var element in value)
        {
            if (!seen.Add(element))
            {
                Report(name, ValueRules.NotUnique(index.ToString(CultureInfo.InvariantCulture)));
                return;
            }

            index++;
        }
    }

    /// <summary>Checks an object or union.</summary>
    public void Object<T>(string name, T? value)
        where T : class, IFalObject<T>
    {
        if (value is null)
            return;
        Enter(name);
        value.Check(this);
        Leave();
    }

    /// <summary>Checks each object of a list. A null element is a problem.</summary>
    public void Objects<T>(string name, IReadOnlyList<T>? values)
        where T : class, IFalObject<T>
        => Each(name, values, static (checks, index, value) =>
        {
            checks.Required(index, value);
            checks.Object(index, value);
        });

    /// <summary>Checks each element of a list.</summary>
    public void Each<T>(string name, IReadOnlyList<T>? values, FalCheckEach<T> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (values is null)
            return;
        Enter(name);
        for (var i = 0; i < values.Count; i++)
            check(this, i.ToString(CultureInfo.InvariantCulture), values[i]);
        Leave();
    }

    /// <summary>Checks each value of a map.</summary>
    public void EachOf<T>(string name, IReadOnlyDictionary<string, T>? values, FalCheckEach<T> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (values is null)
            return;
        Enter(name);
        foreach (var (key, value) in values)
            check(this, key, value);
        Leave();
    }
}
