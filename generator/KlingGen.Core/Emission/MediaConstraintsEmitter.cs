using System.Collections.Generic;
using KlingGen.Checks;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Gathers the media constraints of a file, each set once, and prints them at its end.</summary>
internal sealed class MediaConstraintsEmitter
{
    private readonly List<(MediaConstraints Constraints, string Name)> _known = new();
    private readonly Naming.NameSet _names = new("KnownConstraints");

    /// <returns>The expression that names the constraints; null if there are none.</returns>
    public string? Use(MediaConstraints? constraints, string place)
    {
        if (constraints is null || constraints.IsEmpty) return null;
        foreach (var (known, name) in _known)
        {
            if (known.Equals(constraints)) return "KnownConstraints." + name;
        }

        var fresh = _names.Count(place);
        _known.Add((constraints, fresh));
        return "KnownConstraints." + fresh;
    }

    public void Write(SourceWriter writer)
    {
        if (_known.Count == 0) return;
        writer.Line();
        writer.Open("file static class KnownConstraints");
        foreach (var (constraints, name) in _known)
        {
            writer.Line();
            writer.Line($"public static readonly FalMediaConstraints {name} = new FalMediaConstraints");
            writer.Open();
            writer.Line($"Kind = FalMediaKind.{constraints.Kind.ToString()},");
            foreach (var (member, value) in Members(constraints)) writer.Line($"{member} = {value},");
            writer.Close(";");
        }

        writer.Close();
    }

    /// <summary>The constraints except the kind, as properties of the runtime's constraints and of its attribute, with C# literals.</summary>
    public static IEnumerable<(string Member, string Value)> Members(MediaConstraints constraints)
    {
        foreach (var row in MediaConstraintTable.Rows)
        {
            if (constraints.LimitOf(row) is { } limit) yield return (row.Name, Number(limit, row.Type));
        }

        if (constraints.Extensions is not null) yield return ("Extensions", Literal.String(constraints.Extensions));
    }

    private static string Number(string limit, LimitType type)
    {
        var value = NumberText.ToDouble(limit);
        return type switch
        {
            LimitType.Int32 => Literal.Number((long)System.Math.Min(System.Math.Max(value, 0), int.MaxValue)),
            LimitType.Int64 => Literal.Number((long)System.Math.Min(System.Math.Max(value, 0), 9e18)),
            _ => Literal.Number(value),
        };
    }
}
