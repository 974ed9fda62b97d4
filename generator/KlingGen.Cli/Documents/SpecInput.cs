namespace KlingGen.Cli.Documents;

/// <summary>A file that is a document or an overlay.</summary>
/// <param name="Path">As the user would name it.</param>
/// <param name="Key">The path below the specs folder without the ending, with forward slashes.</param>
/// <param name="IsBundled">It came with the tool, as with the package.</param>
/// <param name="Text">All of it.</param>
internal sealed record SpecInput(string Path, string Key, bool IsBundled, string Text);
