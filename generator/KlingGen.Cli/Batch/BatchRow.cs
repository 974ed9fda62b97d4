using System.Text.Json.Nodes;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Batch;

/// <summary>A job of a file, as it was read: nothing is checked yet.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Endpoint">The endpoint as written; null if the line has none.</param>
/// <param name="Key">The key; null if the line has none.</param>
/// <param name="Output">Where the files go; null for the default.</param>
internal abstract record BatchRow(int Line, string? Endpoint, string? Key, string? Output)
{
    /// <summary>The input, with local files as media among its values.</summary>
    /// <param name="known">The endpoint's document; null if there is none.</param>
    /// <param name="files">Opens local files.</param>
    /// <exception cref="ToolException">The input cannot be read.</exception>
    public abstract JsonObject MakeInput(KnownEndpoint? known, BatchFiles files);
}

/// <summary>Something wrong in a line.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record LineProblem(int Line, string Message);
