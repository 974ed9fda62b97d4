namespace KlingGen.Cli.Diff;

/// <summary>How many changes there are of each class, and what a script is to make of them.</summary>
internal sealed record ChangeSummary(int Breaking, int Compatible, int Documentation)
{
    public static ChangeSummary FromChanges(IReadOnlyCollection<Change> changes)
        => new(Count(changes, ChangeClass.Breaking), Count(changes, ChangeClass.Compatible), Count(changes, ChangeClass.Documentation));

    public int Total => Breaking + Compatible + Documentation;

    private static int Count(IReadOnlyCollection<Change> changes, ChangeClass @class) => changes.Count(change => change.Class == @class);
}
