namespace KlingGen.Cli.Common;

/// <summary>A command failed. The message names the cause, the place and the next step, and is all that the user sees.</summary>
internal sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException);
