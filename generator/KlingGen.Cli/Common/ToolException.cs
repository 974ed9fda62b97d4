namespace KlingGen.Cli.Common;

/// <summary>A command failed. The message names the cause, the place and the next step, and is all that the user sees.</summary>
internal sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The message of an invalid argument, without the name of the parameter, which is no option of the tool.</summary>
    public static ToolException From(ArgumentException invalid)
        => new(invalid.Message.Replace($" (Parameter '{invalid.ParamName}')", "", StringComparison.Ordinal), invalid);
}
