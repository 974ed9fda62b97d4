using System.Collections.Concurrent;
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
        var (rounds, valid, wrong) = (Math.Max(Rounds.CountOr(50) / 10, 1), 0, new ConcurrentBag<string>());
        Parallel.ForEach(documents, file =>
        {
            var document = DocumentSchemas.Parse(file.GetText().ToString());
            if (new DocumentExamples(document) is not { EndpointId: { } id, Input: JObject schema }) return;
            if (!code.Endpoints.TryGetValue(id, out var doors)) return;
            var judge = new DocumentSchemas(document);
            for (var round = 0; round < rounds; round++)
            {
                var instance = new RandomRequest(document, new Random(Rounds.FirstSeed + round)).Value(schema);
                var theirs = judge.Problems(schema, instance);
                var ours = Problems(doors.Request, instance.ToString(Newtonsoft.Json.Formatting.None));
                if (theirs.Count == 0) Interlocked.Increment(ref valid);
                if (theirs.Count == 0 != (ours.Length == 0)) wrong.Add($"{id} {round}: NJsonSchema '{string.Join(", ", theirs)}', ours '{ours}'");
            }
        });

        output.WriteLine($"{code.Endpoints.Count} endpoints, {rounds} requests each, {valid} of them valid");
        Assert.True(valid > 0);
        var list = string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(30));
        Assert.True(wrong.IsEmpty, wrong.Count + " differences" + Environment.NewLine + list);
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
