using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Gathers the media limits of a file, each set once, and prints them at its end.</summary>
internal sealed class MediaConstraintsEmitter
{
    private readonly List<(MediaConstraints Constraints, string Name)> _known = new();
    private readonly Naming.NameSet _names = new("KnownConstraints");

    /// <returns>The expression that names the limits; null if there are none.</returns>
    public string? Use(MediaConstraints? constraints, string place)
    {
        if (constraints is null || (!constraints.HasNumbers && constraints.Extensions is null && constraints.Kind == MediaKind.Any)) return null;
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
            if (constraints.Extensions is not null) writer.Line($"Extensions = {Literal.String(constraints.Extensions)},");
            writer.Close(";");
        }

        writer.Close();
    }

    /// <summary>The limits as members of the runtime's limits, and of its attribute, with C# literals.</summary>
    public static IEnumerable<(string Member, string Value)> Members(MediaConstraints constraints)
    {
        if (constraints.MinBytes is not null) yield return ("MinBytes", Long(constraints.MinBytes));
        if (constraints.MaxBytes is not null) yield return ("MaxBytes", Long(constraints.MaxBytes));
        if (constraints.MinWidth is not null) yield return ("MinWidth", Int(constraints.MinWidth));
        if (constraints.MaxWidth is not null) yield return ("MaxWidth", Int(constraints.MaxWidth));
        if (constraints.MinHeight is not null) yield return ("MinHeight", Int(constraints.MinHeight));
        if (constraints.MaxHeight is not null) yield return ("MaxHeight", Int(constraints.MaxHeight));
        if (constraints.MaxPixels is not null) yield return ("MaxPixels", Long(constraints.MaxPixels));
        if (constraints.MinAspectRatio is not null) yield return ("MinAspectRatio", Double(constraints.MinAspectRatio));
        if (constraints.MaxAspectRatio is not null) yield return ("MaxAspectRatio", Double(constraints.MaxAspectRatio));
        if (constraints.MinDuration is not null) yield return ("MinDuration", Double(constraints.MinDuration));
        if (constraints.MaxDuration is not null) yield return ("MaxDuration", Double(constraints.MaxDuration));
        if (constraints.MinFps is not null) yield return ("MinFps", Double(constraints.MinFps));
        if (constraints.MaxFps is not null) yield return ("MaxFps", Double(constraints.MaxFps));
    }

    private static string Int(string number) => Literal.Number((long)System.Math.Min(System.Math.Max(Specs.Numbers.Double(number), 0), int.MaxValue));

    private static string Long(string number) => Literal.Number((long)System.Math.Min(System.Math.Max(Specs.Numbers.Double(number), 0), 9e18));

    private static string Double(string number) => Literal.Number(Specs.Numbers.Double(number));
}
