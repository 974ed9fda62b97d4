using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares what the server uses for a member that is not sent, which emitted code shows as a constant or a property of
/// <c>Defaults</c>.
/// </summary>
internal static class DefaultComparison
{
    public static void Run(SurfaceMember before, SurfaceMember after, SurfaceType old, SurfaceType @new, TypePairs pairs, ChangeList changes)
    {
        var (one, other) = (Shown(before, old), Shown(after, @new));
        if (one is not null) one = one with { Type = pairs.InNewWords(one.Type, old.Scope) };
        var name = "Defaults." + before.Name;
        if (one is null && other is null) return;
        if (one is null)
            changes.Compatible(ChangeKind.DefaultAdded, "is new", "Defaults." + after.Name, after.WireName, null, other!.Text);
        else if (other is null)
            changes.Breaking(
                ChangeKind.DefaultRemoved,
                "is gone: the document does not say any more what the server uses",
                name,
                before.WireName,
                one.Text);
        else
            Compare(one, other, name, before.WireName, changes);
    }

    private static void Compare(Default one, Default other, string name, string wireName, ChangeList changes)
    {
        if ((one.IsConstant && !other.IsConstant) || (one.Type != other.Type && !Conversions.Widens(other.Type, one.Type)))
        {
            var how = one.Type == other.Type ? "is no constant any more" : $"is {other.Type} now, no longer {one.Type}";
            changes.Breaking(ChangeKind.DefaultRetyped, how, name, wireName, one.Type, other.Type);
        }

        if (one.Said != other.Said && one.Text != other.Text)
        {
            changes.Compatible(
                ChangeKind.DefaultChanged,
                $"is {Short(other.Text)} now, no longer {Short(one.Text)}",
                name,
                wireName,
                one.Text,
                other.Text,
                "Requests that leave the member out are answered differently.");
        }
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private static Default? Shown(SurfaceMember member, SurfaceType holder)
    {
        if (member.Property is not { Default: { } value, IsFixed: false } property || holder.Model is not ObjectModel model) return null;
        return new Default(
            RecordEmitter.DefaultType(value, property, holder.Scope),
            ValueExpression.ForValue(value, model, holder.Scope),
            ValueExpression.IsConstant(value, holder.Scope),
            Said(value));
    }

    /// <summary>The JSON of a value, whatever the name of its C# type.</summary>
    public static string Said(ValueModel value)
        => value.Members.Count > 0 ? "{" + string.Join(",", value.Members.Select(member => member.Name + ":" + Said(member.Value))) + "}"
            : value.Items.Count > 0 ? "[" + string.Join(",", value.Items.Select(Said)) + "]"
            : value.Text;

    /// <param name="Type">Its C# type.</param>
    /// <param name="Text">Its C# expression.</param>
    /// <param name="IsConstant">It is a constant.</param>
    /// <param name="Said">What the server takes it for.</param>
    private sealed record Default(string Type, string Text, bool IsConstant, string Said);
}
