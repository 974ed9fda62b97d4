using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>What genuine documents show as examples is read and written back by the emitted code without a loss.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    /// <summary>Differences that are meant, each with its reason; whatever fits none of them fails the test.</summary>
    private static readonly (string Reason, Func<string, string, JObject, bool> Fits)[] Meant =
    [
        ("a member that no schema of the document names is skipped: an example older than its schema",
            (path, what, document) => what.StartsWith("lost ", StringComparison.Ordinal)
                && !NamesMember(document, path[(path.LastIndexOf('.') + 1)..])),
    ];

    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public void Every_example_that_fits_its_schema_is_written_back_as_it_was_read(string part)
    {
        var documents = Corpus.Read(part);
        var code = LoadedCode.OfPart(part);
        var (whole, tried, unfit, withExamples) = (0, 0, 0, 0);
        var meant = new ConcurrentDictionary<string, int>();
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(documents, text =>
        {
            var document = DocumentSchemas.Parse(text.GetText().ToString());
            var examples = new DocumentExamples(document);
            if (examples.EndpointId is not { } id || !code.Endpoints.TryGetValue(id, out var doors)) return;
            Interlocked.Increment(ref whole);
            var judge = new DocumentSchemas(document);
            var before = tried;
            foreach (var (schema, door) in ((JToken?, LoadedCode.Door)[])[(examples.Input, doors.Request), (examples.Output, doors.Result)])
            {
                if (schema is null) continue;
                foreach (var (place, instance) in examples.Instances(schema))
                {
                    if (judge.Problems(schema, instance).Count > 0)
                    {
                        Interlocked.Increment(ref unfit);
                        continue;
                    }

                    Interlocked.Increment(ref tried);
                    try
                    {
                        var back = door.Write(door.Read(instance.ToString(Newtonsoft.Json.Formatting.None)));
                        foreach (var (path, what) in JsonDifference.Between(instance, DocumentSchemas.Parse(back)))
                        {
                            if (Meant.FirstOrDefault(entry => entry.Fits(path, what, document)).Reason is { } reason)
                                meant.AddOrUpdate(reason, 1, (_, count) => count + 1);
                            else wrong.Add($"{id} {door.Type.Name}{place}: {path} {what}");
                        }
                    }
                    catch (Exception ex)
                    {
                        wrong.Add($"{id} {door.Type.Name}{place}: {ex.GetType().Name} {ex.Message}");
                    }
                }
            }

            if (tried > before) Interlocked.Increment(ref withExamples);
        });

        output.WriteLine($"{whole} endpoints of {Corpus.Count(documents, part)}; "
            + $"{tried} examples read and written back, {unfit} do not fit their own schema");
        foreach (var (reason, count) in meant.OrderBy(entry => entry.Key)) output.WriteLine($"{count} times: {reason}");
        Assert.True(tried > 0);
        Assert.True(
            wrong.IsEmpty,
            wrong.Count + " differences" + Environment.NewLine + string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(60)));
    }

    private static bool NamesMember(JObject document, string name)
        => document.Descendants().OfType<JProperty>()
            .Any(property => property.Name == "properties" && property.Value is JObject members && members.ContainsKey(name));
}
