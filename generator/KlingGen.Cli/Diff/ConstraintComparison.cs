using System.Globalization;
using KlingGen.Emission;
using KlingGen.Model;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Compares the limits that are checked before a request is sent. A tighter one may refuse what was let through: the emitted check does, and an analyzer where it sees the value.
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
        if (@new.Kind == TypeKind.Union && old.Kind != TypeKind.Union && pairs.BranchesOf(@new, newScope).FirstOrDefault(branch => branch.Type.Kind == old.Kind) is { } branch) @new = branch.Type;
        var (one, other) = (old.Constraints, @new.Constraints);
        switch (@new.Kind)
        {
            case TypeKind.Text when old.Kind == TypeKind.Text:
                Length(one, other);
                Pattern(one.Pattern, other.Pattern);
                Flag(one.IsUrl, other.IsUrl, "format", "an address on the web");
                break;
            case TypeKind.Media when old.Kind is TypeKind.Text or TypeKind.Media:
                if (old.Kind == TypeKind.Text)
                {
                    // Old code had no way to give a file, so limits on files refuse nothing of it.
                    Flag(one.IsUrl, true, "format", "an address on the web or a file");
                    break;
                }

                MediaConstraintComparison.Run(one.Media ?? new MediaConstraints(), other.Media ?? new MediaConstraints(), this);
                if (one.MinLength != other.MinLength || one.MaxLength != other.MaxLength || one.Pattern != other.Pattern)
                    changes.Add(ChangeKind.ConstraintDescribed, ChangeClass.Documentation, _of
                        + "has another limit on the text of its address, which nothing checks", member, wireName);
                break;
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number when IsNumber(old.Kind):
                Range(old, @new);
                break;
            case TypeKind.List or TypeKind.Map when old.Kind == @new.Kind:
                Count(one, other);
                Flag(one.UniqueItems, other.UniqueItems, "uniqueItems", "no element twice");
                AtMost(one.Contains?.MaxCount, other.Contains?.MaxCount, "maxContains", "elements with '" + (other.Contains ?? one.Contains)?.Member + "'", one.Contains?.Member != other.Contains?.Member);
                if (old.Element is { } oldElement && @new.Element is { } newElement)
                {
                    var outer = _of;
                    _of += "each element ";
                    Run(oldElement, newScope, newElement, pairs);
                    _of = outer;
                }

                break;
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
        var (one, other) = (old is null ? (double?)null : Specs.Numbers.Double(old), @new is null ? (double?)null : Specs.Numbers.Double(@new));
        if (one == other) return;
        var isTighter = other is not null && (one is null || (isLow ? other > one : other < one));
        var text = @new is null
            ? $"is no longer limited to {(isLow ? "at least" : "at most")} {old}{words}"
            : $"is {(isLow ? "at least" : "at most")} {@new}{words} now{(old is null ? "" : ", no longer " + old)}";
        if (isTighter) Tightened(limit, old, @new, text);
        else Loosened(limit, old, @new, text);
    }

    private void Length(Constraints one, Constraints other)
    {
        Low(Given(one.MinLength), Given(other.MinLength), "minLength", " characters long");
        High(Text(one.MaxLength), Text(other.MaxLength), "maxLength", " characters long");
    }

    private void Count(Constraints one, Constraints other)
    {
        Low(Given(one.MinItems), Given(other.MinItems), "minItems", " elements");
        High(Text(one.MaxItems), Text(other.MaxItems), "maxItems", " elements");
    }

    private void AtMost(int? old, int? @new, string limit, string words, bool isOther)
    {
        if (isOther && old is not null && @new is not null) Tightened(limit, Text(old), Text(@new), $"has at most {Text(@new)} {words} now");
        else High(Text(old), Text(@new), limit, " " + words);
    }

    /// <summary>Whether one expression admits all that another did, nobody can tell in general, so a new one counts as tighter.</summary>
    private void Pattern(string? old, string? @new)
    {
        if (old == @new) return;
        if (@new is null) Loosened("pattern", old, null, $"need not match {old} any more");
        else Tightened("pattern", old, @new, $"must match {@new} now{(old is null ? "" : ", no longer " + old)}");
    }

    private void Range(TypeUse old, TypeUse @new)
    {
        var (one, other) = (NumberRange.Of(old), NumberRange.Of(@new));
        if (one.Low != other.Low || one.IsLowOpen != other.IsLowOpen) Edge(one.Low, one.IsLowOpen, other.Low, other.IsLowOpen, "minimum", isLow: true);
        if (one.High != other.High || one.IsHighOpen != other.IsHighOpen) Edge(one.High, one.IsHighOpen, other.High, other.IsHighOpen, "maximum", isLow: false);
        Step(old.Constraints.MultipleOf, @new.Constraints.MultipleOf);
    }

    private void Edge(double? old, bool wasOpen, double? @new, bool isOpen, string limit, bool isLow)
    {
        var isTighter = @new is not null && (old is null || (isLow ? @new > old : @new < old) || (@new == old && isOpen));
        var text = @new is null
            ? $"is no longer limited to {Side(isLow, wasOpen)} {Text(old)}"
            : $"is {Side(isLow, isOpen)} {Text(@new)} now{(old is null ? "" : ", no longer " + (isOpen == wasOpen ? "" : Side(isLow, wasOpen) + " ") + Text(old))}";
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
        var (one, other) = (old is null ? 0 : Specs.Numbers.Double(old), @new is null ? 0 : Specs.Numbers.Double(@new));
        if (one == other) return;
        if (other <= 0) Loosened("multipleOf", old, @new, $"need not be a multiple of {old} any more");
        else if (one > 0 && one / other == Math.Floor(one / other)) Loosened("multipleOf", old, @new, $"is a multiple of {@new} now, no longer of {old}");
        else Tightened("multipleOf", old, @new, $"must be a multiple of {@new} now{(old is null ? "" : ", no longer of " + old)}");
    }

    private static string? Given(int? least) => least is > 0 ? Text(least) : null;

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
