namespace KlingGen.Cli.Common;

/// <summary>A command failed. The message names the cause, the place and the next step, and is all that the user sees.</summary>
internal sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    // What a program sets instead of an environment variable.
    private static readonly string[] LibraryAdvice =
        [", or FalClientOptions.Key,", " Set FalClientOptions for other hosts.", "FalClientOptions.AdminKey or "];

    /// <summary>The message of an invalid argument, without names of the library, which are no options of the tool.</summary>
    public static ToolException From(ArgumentException invalid)
        => new(ForTool(invalid.Message.Replace($" (Parameter '{invalid.ParamName}')", "", StringComparison.Ordinal)), invalid);

    /// <summary>The message of an error of the library, without advice that only a program can follow.</summary>
    public static string ForTool(string message)
        => LibraryAdvice.Aggregate(message, (text, advice) => text.Replace(advice, "", StringComparison.Ordinal));
}
