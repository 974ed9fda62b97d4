using Newtonsoft.Json.Linq;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Emitted checks and NJsonSchema agree about random requests of every document in the catalogue.</summary>
public sealed class RandomRequestTests(ITestOutputHelper output)
{
    [Fact]
    public void Checks_agree_with_NJsonSchema_on_random_requests()
    {
        var documents = Catalogue.Read().Where(file => !file.Key.EndsWith(".overlay", StringComparison.Ordinal)).ToArray();
        var code = new LoadedCode(documents);
        var (rounds, valid, wrong) = (Math.Max(Rounds.Count / 10, 1), 0, new List<string>());
        foreach (var file in documents)
        {
            var document = SchemaJudge.Parse(file.GetText().ToString());
            if (new DocumentExamples(document) is not { EndpointId: { } id, Input: JObject schema }) continue;
            if (!code.Endpoints.TryGetValue(id, out var doors)) continue;
            var judge = new SchemaJudge(document);
            for (var round = 0; round < rounds; round++)
            {
                var instance = new RandomRequest(document, new Random(Rounds.FirstSeed + round)).Value(schema);
                var theirs = judge.Problems(schema, instance);
                var ours = Problems(doors.Request, instance.ToString(Newtonsoft.Json.Formatting.None));
                if (theirs.Count == 0) valid++;
                if (theirs.Count == 0 != (ours.Length == 0)) wrong.Add($"{id} {round}: NJsonSchema '{string.Join(", ", theirs)}', ours '{ours}'");
            }
        }

        output.WriteLine($"{code.Endpoints.Count} endpoints, {rounds} requests each, {valid} of them valid");
        Assert.True(valid > 0);
        Assert.True(wrong.Count == 0, wrong.Count + " differences" + Environment.NewLine + string.Join(Environment.NewLine, wrong.Take(30)));
    }

    private static string Problems(LoadedCode.Door request, string json)
    {
        try
        {
            return string.Join(", ", request.Check(request.Read(json)).Select(problem => problem.Path + ": " + problem.Message));
        }
        catch (Fal.FalProtocolException ex)
        {
            return ex.Message;
        }
    }
}
