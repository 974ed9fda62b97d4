using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares a record with its new version. Properties of requests are written, properties of results are read:
/// docs/CLI.md explains why no other use counts.
/// </summary>
internal sealed class RecordComparison(
    SurfaceType old,
    SurfaceType @new,
    ObjectModel oldModel,
    ObjectModel newModel,
    TypePairs pairs,
    ChangeList changes)
{
    public void Run()
    {
        CompareBase();
        CompareFixed(TypeRole.InputRoot, "Extra");
        CompareFixed(TypeRole.OutputRoot, "Raw");
        CompareFixed(TypeRole.OutputRoot, "Call");
        if (old.IsWritten && !@new.IsWritten && oldModel.Properties.Any(property => property is { Default: not null, IsFixed: false }))
            changes.Breaking(ChangeKind.DefaultRemoved, "are gone: the type is in no request any more", "Defaults");
        var oldMembers = old.Members();
        var left = @new.Members().ToList();
        var matches = new List<(SurfaceMember Old, SurfaceMember? New)>();
        foreach (var member in oldMembers) matches.Add((member, Take(left, candidate => candidate.Name == member.Name)));
        foreach (var (member, match) in matches) Compare(member, match ?? Take(left, candidate => candidate.WireName == member.WireName));
        foreach (var member in left) Added(member);
        if (old.IsWritten) CompareExample();
        if (old.IsWritten && @new.IsWritten) CrossFieldRuleComparison.Run(oldModel, newModel, changes);
    }

    private static SurfaceMember? Take(List<SurfaceMember> members, Predicate<SurfaceMember> wanted)
    {
        var at = members.FindIndex(wanted);
        if (at < 0) return null;
        var found = members[at];
        members.RemoveAt(at);
        return found;
    }

    private void CompareBase()
    {
        if (oldModel.IsFile && !newModel.IsFile) changes.Breaking(ChangeKind.BaseLost, "is no FalFile any more");
        if (!oldModel.IsFile && newModel.IsFile) changes.Compatible(ChangeKind.BaseGained, "is a FalFile now");
    }

    /// <summary>What a whole request or a whole answer has beyond its document.</summary>
    private void CompareFixed(TypeRole role, string name)
    {
        var (before, after) = ((oldModel.Role & role) != 0, (newModel.Role & role) != 0);
        if (before && !after) changes.Breaking(ChangeKind.MemberRemoved, "is gone", name);
        if (!before && after) changes.Compatible(ChangeKind.MemberAdded, "is new", name);
    }

    private void Added(SurfaceMember member)
    {
        if (member is { IsInherited: true, Property: null }) return;
        var isNeeded = old.IsWritten && member.MustBeSet;
        changes.BreakingIf(
            isNeeded,
            ChangeKind.MemberAdded,
            isNeeded ? "is new and must be set" : old.IsWritten ? "is new and may be left out" : "is new",
            member.Name,
            member.WireName,
            @new: member.Type.Text);
    }

    private void Compare(SurfaceMember before, SurfaceMember? after)
    {
        if (after is null)
        {
            var hadDefault = old.IsWritten && before.Property is { Default: not null, IsFixed: false };
            if (before is not { IsInherited: true, Property: null })
                changes.Breaking(
                    ChangeKind.MemberRemoved,
                    hadDefault ? $"is gone, with Defaults.{before.Name}" : "is gone",
                    before.Name,
                    before.WireName,
                    before.Type.Text);
            return;
        }

        if (before.Name != after.Name)
            changes.Breaking(ChangeKind.MemberRenamed, $"is called {after.Name} now", before.Name, before.WireName, before.Name, after.Name);
        if (before.WireName != after.WireName)
        {
            changes.Compatible(
                ChangeKind.WireNameChanged,
                $"stands for '{after.WireName}' now, no longer for '{before.WireName}'",
                before.Name,
                before.WireName,
                before.WireName,
                after.WireName,
                "Code compiles as it is and sends or reads another member; JSON that was stored does not fit.");
        }

        CompareTypes(before, after);
        CompareDeprecation(before, after);
        if (old.IsWritten && @new.IsWritten) DefaultComparison.Run(before, after, old, @new, pairs, changes);
        CompareLimits(before, after);
        changes.Described(before.Property?.Summary, after.Property?.Summary, "is described in other words", before.Name, before.WireName);
    }

    private void CompareTypes(SurfaceMember before, SurfaceMember after)
    {
        var bare = pairs.InNewWords(before.Type.Bare, old.Scope);
        var isRetyped = bare != after.Type.Bare;
        if (isRetyped)
        {
            var fits = (!old.IsWritten
                || pairs.Conversions.CanWrite(before.Type with { IsNullable = after.Type.IsNullable && before.Type.IsNullable }, after.Type))
                && (!old.IsRead
                    || pairs.Conversions.CanRead(before.Type, after.Type with { IsNullable = before.Type.IsNullable && after.Type.IsNullable }));
            changes.BreakingIf(
                !fits,
                ChangeKind.MemberRetyped,
                $"is {after.Type.Text} now, no longer {before.Type.Text}{(fits ? "; what was written converts" : "")}",
                before.Name,
                before.WireName,
                before.Type.Text,
                after.Type.Text);
        }

        if (old.IsWritten) CompareNeed(before, after);
        if (old.IsRead) CompareNull(before, after, isRetyped);
    }

    private void CompareNeed(SurfaceMember before, SurfaceMember after)
    {
        // A record that goes both ways may gain the question mark without losing the keyword, and the reverse.
        var losesNull = before.Type.IsNullable && !after.Type.IsNullable;
        if ((!before.MustBeSet && after.MustBeSet) || losesNull)
            changes.Breaking(
                ChangeKind.MemberBecameRequired,
                losesNull && before.MustBeSet ? "can be null no longer" : "must be set now",
                before.Name,
                before.WireName,
                before.Type.Text,
                after.Type.Text);
        else if (before.HasRequiredKeyword != after.HasRequiredKeyword && after.HasRequiredKeyword)
            changes.Breaking(
                ChangeKind.MemberBecameRequired,
                "must be set where the request is made now",
                before.Name,
                before.WireName,
                before.Type.Text,
                after.Type.Text);
        else if ((before.MustBeSet && !after.MustBeSet) || (!before.Type.IsNullable && after.Type.IsNullable))
            changes.Compatible(
                ChangeKind.MemberBecameOptional,
                after.MustBeSet ? "may be null now" : "may be left out now",
                before.Name,
                before.WireName,
                before.Type.Text,
                after.Type.Text,
                note: after.Type.IsNullable && !before.Type.IsNullable && !old.IsRead
                    ? "Code that reads it back from a request has to expect null."
                    : null);
    }

    private void CompareNull(SurfaceMember before, SurfaceMember after, bool isRetyped)
    {
        if (before.Type.IsNullable == after.Type.IsNullable) return;
        if (after.Type.IsNullable) changes.Breaking(
            ChangeKind.ResultMayBeNull,
            "may be missing from a result now",
            before.Name,
            before.WireName,
            before.Type.Text,
            after.Type.Text);
        else
        {
            changes.BreakingIf(
                before.Type.IsValue && !isRetyped,
                ChangeKind.ResultNeverNull,
                before.Type.IsValue ? "is always there now, so that '.Value' and '??' do not compile" : "is always there now",
                before.Name,
                before.WireName,
                before.Type.Text,
                after.Type.Text);
        }
    }

    private void CompareDeprecation(SurfaceMember before, SurfaceMember after)
    {
        if (!before.IsObsolete && after.IsObsolete)
            changes.Compatible(
                ChangeKind.Deprecated,
                "is deprecated",
                before.Name,
                before.WireName,
                note: "The compiler warns of its use (KLG115); a build that makes this warning an error stops there.");
        if (before.IsObsolete && !after.IsObsolete)
            changes.Compatible(ChangeKind.DeprecationLifted, "is no longer deprecated", before.Name, before.WireName);
    }

    private void CompareLimits(SurfaceMember before, SurfaceMember after)
    {
        if (before.Property is not { } one || after.Property is not { } other) return;
        if (!old.IsWritten || !@new.IsWritten)
        {
            if (!one.Type.Constraints.Equals(other.Type.Constraints) && (old.IsRead || @new.IsRead))
                changes.Add(ChangeKind.ConstraintDescribed, ChangeClass.Documentation, "has other limits, which nothing checks in results",
                    before.Name, before.WireName);
            return;
        }

        new ConstraintComparison(changes, before.Name, before.WireName).Run(one.Type, @new.Scope, other.Type, pairs);
    }

    private void CompareExample()
    {
        var after = @new.IsWritten ? newModel.Example : null;
        if (oldModel.Example is not null && after is null) changes.Breaking(ChangeKind.ExampleRemoved, "is gone", "Example()");
        else if (oldModel.Example is null && after is not null) changes.Compatible(ChangeKind.ExampleAdded, "is new", "Example()");
        else if (oldModel.Example is { } one && after is { } other && DefaultComparison.Said(one) != DefaultComparison.Said(other))
            changes.Add(ChangeKind.ExampleChanged, ChangeClass.Documentation, "shows another request", "Example()");
    }
}
