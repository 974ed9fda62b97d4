using KlingGen.Cli.Checking;

namespace KlingGen.Cli.Pull;

internal enum PullOutcome
{
    /// <summary>The file is as the document is.</summary>
    Unchanged,

    /// <summary>There was no file.</summary>
    Added,

    /// <summary>The document differs from the file.</summary>
    Changed,

    /// <summary>The file was equal in another format.</summary>
    Reformatted,

    /// <summary>The server answered something that is not the document.</summary>
    Refused,

    /// <summary>There was no answer.</summary>
    Unreachable,
}

/// <summary>What became of one endpoint.</summary>
/// <param name="Id">The endpoint.</param>
/// <param name="Path">Its file, as the user would name it.</param>
/// <param name="Outcome">What is the case; of a dry run, what would be done.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="Text">What was to be written.</param>
internal sealed record PullResult(string Id, string Path, PullOutcome Outcome, string? Message = null, string? Text = null)
{
    /// <summary>The diagnostics of the document.</summary>
    public IReadOnlyList<ReportedDiagnostic> Diagnostics { get; init; } = [];

    public bool IsWritten => Outcome is PullOutcome.Added or PullOutcome.Changed or PullOutcome.Reformatted;
}
