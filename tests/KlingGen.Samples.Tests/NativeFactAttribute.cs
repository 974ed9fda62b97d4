namespace KlingGen.Samples.Tests;

/// <summary>A test that needs the sample as native code, which .ci/run publishes: KLINGGEN_NATIVE_SAMPLE is the path of the executable.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public static string? Sample => Environment.GetEnvironmentVariable("KLINGGEN_NATIVE_SAMPLE");

    public override string? Skip => Sample is null ? "KLINGGEN_NATIVE_SAMPLE is not set; .ci/run publishes the sample and sets it." : null;
}
