namespace KlingGen.Samples.Tests;

/// <summary>A test that needs the sample as native code, once published: KLINGGEN_NATIVE_SAMPLE is the path of the executable.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public static string? Sample => Environment.GetEnvironmentVariable("KLINGGEN_NATIVE_SAMPLE");

    public override string? Skip => Sample is not null ? null
        : "KLINGGEN_NATIVE_SAMPLE is not set: publish tests/Samples/NativeApp and set it to the executable.";
}
