namespace KlingGen.Analyzers;

/// <summary>How many elements a list or a map has.</summary>
internal sealed class CountConstraint(int minimum, int maximum, bool isUnique)
{
    public bool IsUnique => isUnique;

    /// <param name="count">The elements that are known.</param>
    /// <param name="isComplete">There are no others.</param>
    /// <returns>What is wrong, in the words that follow the member's name; null if nothing is.</returns>
    public string? Judge(int count, bool isComplete)
    {
        if (count <= maximum && (!isComplete || count >= minimum)) return null;
        return $"must have {Wording.Amount(minimum, maximum, "element")}, not {Wording.Text(count)}{(isComplete ? "" : " or more")}";
    }
}
