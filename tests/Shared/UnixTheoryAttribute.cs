namespace KlingGen.Testing;

/// <summary>A theory that needs pipes, devices, signals or a shell. On Windows it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has neither signals nor /bin/sh.";
    }
}
