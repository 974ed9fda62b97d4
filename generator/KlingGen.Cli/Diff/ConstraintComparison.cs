using System.Globalization;
using KlingGen.Emission;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares the limits that are checked before a request is sent. A tighter one may refuse what was let through: the
/// emitted check does, and an analyzer where it sees the value.
/// </summary>
/// <param name="changes">Where to.</param>
/// <param name="member">The member by its C# name.</param>
/// <param name="wireName">Its wire name.</param>
internal sealed class ConstraintComparison(ChangeList changes, string member, string? wireName)
{
    private string _of = "";

    /// <param name="old">The old type.</param>
    /// <param name="newScope">The names of the new type's file.</param>
    /// <param name="new">The new type.</param>
    /// <param name="pairs">For the shapes of a choice.</param>
    public void Run(TypeUse old, EmissionScope newScope, TypeUse @new, TypePairs pairs)
    {
        // A value that may now be of several shapes is held to the limits of its own.
        if (@new.Kind == TypeKind.Union && old.Kind != TypeKind.Union
            && pairs.BranchesOf(@new, newScope).FirstOrDefault(branch => branch.Type.Kind == old.Kind) is { } branch) @new = branch.Type;
        var (one, other) = (old.Constraints, @new.Constraints);
        var target = ConstraintTable.TargetOf(@new.Kind);
        if (@new.Kind == TypeKind.Media && old.Kind == TypeKind.Text)
        {
            // Old code had no way to give a file, so constraints on files refuse nothing of it.
            Flag(one.IsUrl, true, "format", "an absolute URL or a file");
            Keywords(one, other, target);
            return;
        }

        if (IsNumber(@new.Kind) && IsNumber(old.Kind))
        {
            Range(old, @new);
            return;
        }

        if (@new.Kind != old.Kind) return;
        Keywords(one, other, target);
        if (@new.Kind == TypeKind.Media)
            MediaConstraintComparison.Run(one.Media ?? new MediaConstraints(), other.Media ?? new MediaConstraints(), this);
        if (@new.Kind == TypeKind.List)
        {
            var words = "elements with '" + (other.Contains ?? one.Contains)?.Property + "'";
            AtMost(one.Contains?.MaxCount, other.Contains?.MaxCount, "maxContains", words, one.Contains?.Property != other.Contains?.Property);
        }

        if (old.Element is { } oldElement && @new.Element is { } newElement)
        {
            var outer = _of;
            _of += "each element ";
            Run(oldElement, newScope, newElement, pairs);
            _of = outer;
        }
    }

    /// <summary>Compares what is no number: the range of a number depends on two keywords together.</summary>
    private void Keywords(Constraints one, Constraints other, ConstraintTarget target)
    {
        foreach (var row in ConstraintTable.Rows)
        {
            if ((row.Targets & target) == 0) continue;
            var (old, @new) = (row.Get(one), row.Get(other));
            switch (row.Form)
            {
                case ConstraintForm.MinCount:
                    Low(old == "0" ? null : old, @new == "0" ? null : @new, row.Keyword, row.Unit);
                    break;
                case ConstraintForm.MaxCount:
                    High(old, @new, row.Keyword, row.Unit);
                    break;
                case ConstraintForm.Pattern:
                    Pattern(old, @new);
                    break;

                // Media are URLs or files, whatever the format.
                case ConstraintForm.Flag when target != ConstraintTarget.Media:
                    Flag(old is not null, @new is not null, row.Keyword, row.Unit);
                    break;
            }
        }
    }

    /// <summary>A limit from below: the greater, the tighter. The text of no limit is null.</summary>
    public void Low(string? old, string? @new, string limit, string words) => Bound(old, @new, limit, words, isLow: true);

    /// <summary>A limit from above: the smaller, the tighter.</summary>
    public void High(string? old, string? @new, string limit, string words) => Bound(old, @new, limit, words, isLow: false);

    /// <summary>A demand that is there or is not.</summary>
    public void Flag(bool old, bool @new, string limit, string words)
    {
        if (!old && @new) Tightened(limit, null, "true", "must be " + words + " now");
        if (old && !@new) Loosened(limit, "true", null, "need not be " + words + " any more");
    }

    public void Tightened(string limit, string? old, string? @new, string words)
        => changes.Add(ChangeKind.ConstraintTightened, ChangeClass.Breaking, _of + words, member, wireName, old, @new, limit);

    public void Loosened(string limit, string? old, string? @new, string words)
        => changes.Add(ChangeKind.ConstraintLoosened, ChangeClass.Compatible, _of + words, member, wireName, old, @new, limit);

    private static bool IsNumber(TypeKind kind) => kind is TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number;

    private void Bound(string? old, string? @new, string limit, string words, bool isLow)
    {
        if (old == @new) return;
        var (one, other) = (old is null ? (double?)null : NumberText.ToDouble(old), @new is null ? (double?)null : NumberText.ToDouble(@new));
        if (one == other) return;
        var isTighter = other is not null && (one is null || (isLow ? other > one : other < one));
        var text = @new is null
            ? $"is no longer limited to {(isLow ? "at least" : "at most")} {old}{words}"
            : $"is {(isLow ? "at least" : "at most")} {@new}{words} now{(old is null ? "" : ", no longer " + old)}";
        if (isTighter) Tightened(limit, old, @new, text);
        else Loosened(limit, old, @new, text);
    }

    private void AtMost(int? old, int? @new, string limit, string words, bool isOther)
    {
        if (isOther && old is not null && @new is not null) Tightened(limit, Text(old), Text(@new), $"has at most {Text(@new)} {words} now");
        else High(Text(old), Text(@new), limit, " " + words);
    }

    /// <summary>Whether one pattern admits everything that another did cannot be decided in general: a changed pattern counts as tighter.</summary>
    private void Pattern(string? old, string? @new)
    {
        if (old == @new) return;
        if (@new is null) Loosened("pattern", old, null, $"need not match {old} any more");
        else Tightened("pattern", old, @new, $"must match {@new} now{(old is null ? "" : ", no longer " + old)}");
    }

    private void Range(TypeUse old, TypeUse @new)
    {
        var (one, other) = (NumberRange.FromType(old), NumberRange.FromType(@new));
        if (one.Low != other.Low || one.IsLowOpen != other.IsLowOpen)
            Edge(one.Low, one.IsLowOpen, other.Low, other.IsLowOpen, "minimum", isLow: true);
        if (one.High != other.High || one.IsHighOpen != other.IsHighOpen)
            Edge(one.High, one.IsHighOpen, other.High, other.IsHighOpen, "maximum", isLow: false);
        Step(old.Constraints.MultipleOf, @new.Constraints.MultipleOf);
    }

    private void Edge(double? old, bool wasOpen, double? @new, bool isOpen, string limit, bool isLow)
    {
        var isTighter = @new is not null && (old is null || (isLow ? @new > old : @new < old) || (@new == old && isOpen));
        var text = @new is null
            ? $"is no longer limited to {Side(isLow, wasOpen)} {Text(old)}"
            : $"is {Side(isLow, isOpen)} {Text(@new)} "
                + $"now{(old is null ? "" : ", no longer " + (isOpen == wasOpen ? "" : Side(isLow, wasOpen) + " ") + Text(old))}";
        if (isTighter) Tightened(limit, Text(old), Text(@new), text);
        else Loosened(limit, Text(old), Text(@new), text);
    }

    private static string Side(bool isLow, bool isOpen) => (isLow, isOpen) switch
    {
        (true, false) => "at least",
        (true, true) => "greater than",
        (false, false) => "at most",
        (false, true) => "less than",
    };

    private void Step(string? old, string? @new)
    {
        if (old == @new) return;
        var (one, other) = (old is null ? 0 : NumberText.ToDouble(old), @new is null ? 0 : NumberText.ToDouble(@new));
        if (one == other) return;
        if (other <= 0) Loosened("multipleOf", old, @new, $"need not be a multiple of {old} any more");
        else if (one > 0 && one / other == Math.Floor(one / other))
            Loosened("multipleOf", old, @new, $"is a multiple of {@new} now, no longer of {old}");
        else Tightened("multipleOf", old, @new, $"must be a multiple of {@new} now{(old is null ? "" : ", no longer of " + old)}");
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
