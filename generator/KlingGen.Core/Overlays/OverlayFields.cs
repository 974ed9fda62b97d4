using System;
using System.Collections.Generic;
using KlingGen.Json;
using KlingGen.Text;

namespace KlingGen.Overlays;

/// <summary>Checks the form of an overlay; whatever does not fit becomes a problem at its place.</summary>
internal sealed class OverlayFields(ICollection<OverlayProblem> problems)
{
    public SpecNode? Required(SpecNode parent, string name)
    {
        var value = parent.Get(name);
        if (value is null) problems.Add(new(OverlayProblemKind.MissingField, parent.Source, new(parent.Range.Start, 1), name));
        return value;
    }

    public SpecNode? RequiredString(SpecNode parent, string name)
        => Required(parent, name) is { } value && IsString(value, out _) ? value : null;

    public bool IsString(SpecNode value, out string text)
    {
        text = value.Text;
        return Is(value, JsonKind.String, "a string");
    }

    public bool IsObject(SpecNode value) => Is(value, JsonKind.Object, "an object");

    public bool IsArray(SpecNode value) => Is(value, JsonKind.Array, "an array");

    public void OnlyKnown(SpecNode parent, params string[] names)
    {
        foreach (var member in parent.Members)
        {
            if (Array.IndexOf(names, member.Name) < 0 && !member.Name.StartsWith("x-", StringComparison.Ordinal))
                problems.Add(new(OverlayProblemKind.UnknownField, member.Value.Source, member.NameRange, Characters.Show(member.Name)));
        }
    }

    private bool Is(SpecNode value, JsonKind kind, string what)
    {
        if (value.Kind == kind) return true;
        problems.Add(new(OverlayProblemKind.WrongKind, value.Source, value.Range, what));
        return false;
    }
}
