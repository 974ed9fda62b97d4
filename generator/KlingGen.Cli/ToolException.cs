namespace KlingGen.Cli;

/// <summary>The tool could not do what it was asked to. The message says what, where and what to do next; it is all that the user sees.</summary>
internal sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException);
