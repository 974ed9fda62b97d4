namespace KlingGen.Testing;

/// <summary>A test that sends a signal or runs a shell. On Windows it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has neither signals nor /bin/sh.";
    }
}
