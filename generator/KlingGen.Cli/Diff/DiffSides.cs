using KlingGen.Cli.Documents;
using KlingGen.Planning;

namespace KlingGen.Cli.Diff;

/// <summary>Finds what is to be compared: a file, a folder, or either at a git revision.</summary>
internal static class DiffSides
{
    /// <exception cref="ToolException">It is not there, or a document in it cannot be read as one.</exception>
    public static async Task<Plan> ReadAsync(string side, string folder, CancellationToken cancellation)
    {
        var isThere = File.Exists(side) || Directory.Exists(side);
        if (!isThere && !GitRevision.CanBe(side))
            throw new ToolException($"There is no file or folder '{side}'; a git revision is written with its path, as 'HEAD~1:specs'.");
        var inputs = isThere ? SpecFiles.Read([side]) : await new GitRevision(folder).ReadAsync(side, cancellation).ConfigureAwait(false);
        return PlanOf(side, SpecSet.Read(inputs));
    }

    /// <summary>A document that gives no model would look like one that was removed.</summary>
    private static Plan PlanOf(string side, SpecSet set)
    {
        for (var i = 0; i < set.Sources.Count; i++)
        {
            if (set.Readings[i].Model is null)
                throw new ToolException(
                    $"'{set.Sources[i].Path}' is not a document that can be compared; 'klinggen check' says what is wrong with it.");
        }

        return set.Sources.Count > 0 ? set.Plan : throw new ToolException($"There is no document (*.json) in '{side}'.");
    }
}
