using Fal;
using KlingGen.Analyzers.Usage;

namespace KlingGen.Analyzers.Tests.Usage;

/// <summary>Strings that are no endpoint ids.</summary>
public sealed class KLG205Tests
{
    private static readonly string[] Pieces =
    [
        "", "a", "fal-ai", "110-x", "110-", "-x", "..", "a.b", "a b", "é", "workflows", "comfy", "https:",
        new string('x', 128), new string('x', 129),
    ];

    [Fact]
    public async Task The_message_is_that_of_the_runtime()
    {
        var message = Assert.Single(await Analyze.Expect("fal.Endpoint({|KLG205:\"kling\"|});"));
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => FalEndpointId.Parse("kling")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_near_miss_is_quiet() => Assert.Empty(await Analyze.Expect("fal.Endpoint(\"fal-ai/kling-video\"); fal.Endpoint(text);"));

    [Fact]
    public void Ids_are_judged_as_at_run_time()
    {
        foreach (var first in Pieces)
        {
            foreach (var second in Pieces)
            {
                string[] ids = [first, first + "/" + second, first + "/" + second + "/a", first + "//" + second, "a/b/" + first + "/" + second];
                foreach (var id in ids)
                {
                    string? expected = null;
                    try
                    {
                        _ = FalEndpointId.Parse(id);
                    }
                    catch (ArgumentException ex)
                    {
                        expected = ex.Message;
                    }

                    var problem = EndpointIdText.ProblemOf(id);
                    Assert.Equal(expected is null, problem is null);
                    if (problem is null) continue;
                    Assert.StartsWith($"'{EndpointIdText.Shown(id)}' is not an endpoint id: {problem}", expected, StringComparison.Ordinal);
                }
            }
        }
    }
}
