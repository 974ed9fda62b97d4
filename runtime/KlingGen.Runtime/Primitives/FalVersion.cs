namespace Fal;

/// <summary>The version in the <c>User-Agent</c> header and in telemetry; a test compares it with that of the assembly.</summary>
internal static class FalVersion
{
    public const string Text = "0.1.0";
}
