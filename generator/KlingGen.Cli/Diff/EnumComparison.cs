using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>Compares the values of an enum, and whether it is a C# enum or an open one.</summary>
internal static class EnumComparison
{
    private const string CompilesAsBefore = "Code compiles as before and sends or reads another value.";

    public static void Run(SurfaceType old, SurfaceType @new, EnumModel oldModel, EnumModel newModel, ChangeList changes)
    {
        var (wasOpen, isOpen) = (old.Sort == "open enum", @new.Sort == "open enum");
        if (!wasOpen && isOpen)
            changes.Breaking(ChangeKind.EnumOpened, "came into a result and so is open now: its values are no constants any more");
        if (wasOpen && !isOpen) changes.Breaking(ChangeKind.EnumClosed, "is in no result any more and so is a C# enum now: it takes no other words");
        if (oldModel.Kind != newModel.Kind)
            changes.Breaking(ChangeKind.ValueRewired, $"is sent as {Sent(newModel)} now, no longer as {Sent(oldModel)}", note: CompilesAsBefore);

        foreach (var value in oldModel.Values) Compare(value, newModel, changes);
        foreach (var value in newModel.Values)
        {
            if (!oldModel.Values.Any(other => other.Name == value.Name || other.Wire == value.Wire))
                changes.Compatible(ChangeKind.ValueAdded, "is new", value.Name, value.Wire, @new: value.Wire);
        }

        if (!isOpen && !wasOpen && newModel.Kind != EnumKind.Integer && Shifted(oldModel, newModel) is { } shifted)
            changes.Compatible(
                ChangeKind.NumbersShifted,
                "has other numbers behind its values",
                shifted,
                note: "Only code that keeps a value as a number, or mixes assemblies built before and after, notices.");
    }

    private static void Compare(EnumValueModel value, EnumModel newModel, ChangeList changes)
    {
        if (newModel.Values.FirstOrDefault(other => other.Name == value.Name) is { } same)
        {
            if (same.Wire != value.Wire)
            {
                changes.Breaking(
                    ChangeKind.ValueRewired,
                    $"sends '{same.Wire}' now, no longer '{value.Wire}'",
                    value.Name,
                    value.Wire,
                    value.Wire,
                    same.Wire,
                    CompilesAsBefore);
            }
        }
        else if (newModel.Values.FirstOrDefault(other => other.Wire == value.Wire) is { } renamed)
        {
            changes.Breaking(ChangeKind.ValueRenamed, $"is called {renamed.Name} now", value.Name, value.Wire, value.Name, renamed.Name);
        }
        else
        {
            changes.Breaking(ChangeKind.ValueRemoved, "is gone", value.Name, value.Wire, value.Wire);
        }
    }

    private static string? Shifted(EnumModel oldModel, EnumModel newModel)
    {
        for (var i = 0; i < oldModel.Values.Count; i++)
        {
            for (var j = 0; j < newModel.Values.Count; j++)
            {
                if (i != j && oldModel.Values[i].Name == newModel.Values[j].Name) return oldModel.Values[i].Name;
            }
        }

        return null;
    }

    private static string Sent(EnumModel model) => model.Kind == EnumKind.Text ? "text" : "a number";
}
