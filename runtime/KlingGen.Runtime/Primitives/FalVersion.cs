namespace Fal;

/// <summary>The version that the runtime tells servers and telemetry; a test holds it to the assembly's.</summary>
internal static class FalVersion
{
    public const string Text = "0.1.0";
}
