namespace KlingGen.Specs.Tests;

/// <summary>A test that needs the facts. Where they are not at hand it is reported as skipped, with the way to run it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TestDataFactAttribute : FactAttribute
{
    private const string Variable = "KLINGGEN_TESTDATA";

    public TestDataFactAttribute()
    {
        if (!File.Exists(PathOfFacts))
            Skip = $"Skipped: set {Variable} to the folder that holds facts/kling-endpoints.json to compare the specs with it.";
    }

    private static string PathOfFacts => Path.Combine(Environment.GetEnvironmentVariable(Variable) ?? "", "facts", "kling-endpoints.json");

    public static JsonObject Facts() => JsonNode.Parse(File.ReadAllText(PathOfFacts))!.AsObject();
}
