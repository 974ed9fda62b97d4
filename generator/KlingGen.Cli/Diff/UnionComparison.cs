using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares the shapes of a choice. Code enters a choice by a conversion from one of them, and leaves it by
/// <c>TryGet</c> or <c>Match</c>.
/// </summary>
internal static class UnionComparison
{
    public static void Run(SurfaceType old, SurfaceType @new, UnionModel oldModel, UnionModel newModel, TypePairs pairs, ChangeList changes)
    {
        var left = newModel.Branches.ToList();
        var order = new List<int>();
        foreach (var branch in oldModel.Branches)
        {
            var type = pairs.InNewWords(UnionEmitter.BranchType(branch, oldModel, old.Scope), old.Scope);
            var at = left.FindIndex(other => UnionEmitter.BranchType(other, newModel, @new.Scope) == type);
            if (at < 0)
            {
                changes.Breaking(ChangeKind.BranchRemoved, $"takes no {type} any more", branch.Name, old: type);
                continue;
            }

            var match = left[at];
            left.RemoveAt(at);
            order.Add(IndexOf(newModel, match));
            Compare(old, @new, branch, match, pairs, changes);
        }

        foreach (var branch in left)
        {
            var type = UnionEmitter.BranchType(branch, newModel, @new.Scope);
            changes.BreakingIf(
                old.IsRead, ChangeKind.BranchAdded, old.IsRead
                    ? $"is a new shape: 'Match' wants a function for {type}"
                    : $"is a new shape: {type} is taken as well", branch.Name, @new: type);
        }

        if (old.IsRead && !order.SequenceEqual(order.Order()))
            changes.Breaking(ChangeKind.BranchesReordered, "has its shapes in another order, and 'Match' its functions");
        if (old.IsRead && (oldModel.Discriminator != newModel.Discriminator))
            changes.Compatible(ChangeKind.RecognitionChanged, "tells its shapes apart by " + By(newModel) + " now, no longer by " + By(oldModel));
    }

    private static void Compare(SurfaceType old, SurfaceType @new, BranchModel branch, BranchModel match, TypePairs pairs, ChangeList changes)
    {
        if (branch.Name != match.Name && old.IsRead)
            changes.Breaking(
                ChangeKind.BranchRenamed,
                $"is left by TryGet{match.Name} now, no longer by TryGet{branch.Name}",
                branch.Name,
                old: branch.Name,
                @new: match.Name);
        else if (branch.Name != match.Name)
            changes.Compatible(ChangeKind.BranchRenamed, $"is left by TryGet{match.Name} now", branch.Name, old: branch.Name, @new: match.Name);
        if (old.IsWritten && @new.IsWritten) new ConstraintComparison(changes, branch.Name, null).Run(branch.Type, @new.Scope, match.Type, pairs);
    }

    private static int IndexOf(UnionModel model, BranchModel branch)
    {
        for (var i = 0; i < model.Branches.Count; i++)
        {
            if (ReferenceEquals(model.Branches[i], branch)) return i;
        }

        return -1;
    }

    private static string By(UnionModel model) => model.Discriminator is { } name ? $"'{name}'" : "what they have";
}
