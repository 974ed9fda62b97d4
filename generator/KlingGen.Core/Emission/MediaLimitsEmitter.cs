using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Gathers the media limits of a file, each set once, and prints them at its end.</summary>
internal sealed class MediaLimitsEmitter
{
    private readonly List<(MediaLimits Limits, string Name)> _known = new();
    private readonly Naming.NameSet _names = new("KnownLimits");

    /// <returns>The expression that names the limits; null if there are none.</returns>
    public string? Use(MediaLimits? limits, string place)
    {
        if (limits is null || (!limits.HasNumbers && limits.Extensions is null && limits.Kind == MediaKind.Any)) return null;
        foreach (var (known, name) in _known)
        {
            if (known.Equals(limits)) return "KnownLimits." + name;
        }

        var fresh = _names.Count(place);
        _known.Add((limits, fresh));
        return "KnownLimits." + fresh;
    }

    public void Write(SourceWriter writer)
    {
        if (_known.Count == 0) return;
        writer.Line();
        writer.Open("file static class KnownLimits");
        foreach (var (limits, name) in _known)
        {
            writer.Line();
            writer.Line($"public static readonly FalMediaLimits {name} = new FalMediaLimits");
            writer.Open();
            writer.Line($"Kind = FalMediaKind.{limits.Kind.ToString()},");
            foreach (var (member, value) in Members(limits)) writer.Line($"{member} = {value},");
            if (limits.Extensions is not null) writer.Line($"Extensions = {Literal.String(limits.Extensions)},");
            writer.Close(";");
        }

        writer.Close();
    }

    /// <summary>The limits as members of the runtime's limits, and of its attribute, with C# literals.</summary>
    public static IEnumerable<(string Member, string Value)> Members(MediaLimits limits)
    {
        if (limits.MinBytes is not null) yield return ("MinBytes", Long(limits.MinBytes));
        if (limits.MaxBytes is not null) yield return ("MaxBytes", Long(limits.MaxBytes));
        if (limits.MinWidth is not null) yield return ("MinWidth", Int(limits.MinWidth));
        if (limits.MaxWidth is not null) yield return ("MaxWidth", Int(limits.MaxWidth));
        if (limits.MinHeight is not null) yield return ("MinHeight", Int(limits.MinHeight));
        if (limits.MaxHeight is not null) yield return ("MaxHeight", Int(limits.MaxHeight));
        if (limits.MaxPixels is not null) yield return ("MaxPixels", Long(limits.MaxPixels));
        if (limits.MinAspectRatio is not null) yield return ("MinAspectRatio", Double(limits.MinAspectRatio));
        if (limits.MaxAspectRatio is not null) yield return ("MaxAspectRatio", Double(limits.MaxAspectRatio));
        if (limits.MinDuration is not null) yield return ("MinDuration", Double(limits.MinDuration));
        if (limits.MaxDuration is not null) yield return ("MaxDuration", Double(limits.MaxDuration));
        if (limits.MinFps is not null) yield return ("MinFps", Double(limits.MinFps));
        if (limits.MaxFps is not null) yield return ("MaxFps", Double(limits.MaxFps));
    }

    private static string Int(string number) => Literal.Number((long)System.Math.Min(System.Math.Max(Specs.Numbers.Double(number), 0), int.MaxValue));

    private static string Long(string number) => Literal.Number((long)System.Math.Min(System.Math.Max(Specs.Numbers.Double(number), 0), 9e18));

    private static string Double(string number) => Literal.Number(Specs.Numbers.Double(number));
}
