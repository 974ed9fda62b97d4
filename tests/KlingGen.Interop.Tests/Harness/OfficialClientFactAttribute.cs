namespace KlingGen.Interop.Tests.Harness;

/// <summary>A test that runs fal's own client. Where that client is not installed, the test is reported as skipped, with the way to run it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OfficialClientFactAttribute : FactAttribute
{
    public OfficialClientFactAttribute()
    {
        if (OfficialClient.Obstacle is { } obstacle) Skip = "Skipped: " + obstacle;
    }
}

/// <summary>The same for a test of several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OfficialClientTheoryAttribute : TheoryAttribute
{
    public OfficialClientTheoryAttribute()
    {
        if (OfficialClient.Obstacle is { } obstacle) Skip = "Skipped: " + obstacle;
    }
}
