using KlingGen.Model;
using KlingGen.Planning;
using Newtonsoft.Json.Linq;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// Every <c>Example()</c> that is emitted for a genuine document runs, violates no constraint, and is JSON that an
/// independent judge accepts.
/// </summary>
public sealed class EmittedExampleTests(ITestOutputHelper output)
{
    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public void Every_emitted_example_is_a_valid_request(string part)
    {
        var documents = Corpus.Read(part);
        var code = LoadedCode.OfPart(part);
        var models = documents.Select(document => ModelOf.Read(document.Key, document.GetText().ToString())).ToArray();
        var names = models.OfType<ModelOf>().GroupBy(model => model.Model.App.Namespace).ToDictionary(
            app => app.Key, app => new TypeNames(app.Key, [.. app.Select(model => model.Model)], [], ReferencedCode.None));
        var (called, wrong) = (0, new List<string>());
        for (var i = 0; i < models.Length; i++)
        {
            if (models[i] is not { } model) continue;
            var document = DocumentSchemas.Parse(documents[i].GetText().ToString());
            DocumentSchemas? judge = null;
            foreach (var (pointer, type) in model.Objects)
            {
                if (type.Example is null || (type.Role & TypeRole.Input) == 0) continue;
                var entry = names[model.Model.App.Namespace].Get(type);
                var emitted = code.Find("Fal." + model.Model.App.Namespace + "." + entry.Name);
                if (!ReferenceEquals(entry.First, model.Model) || emitted is null) continue;
                var place = documents[i].Key + " " + emitted.Name;
                if (emitted.GetMethod("Example") is not { } method)
                {
                    wrong.Add(place + ": no Example()");
                    continue;
                }

                called++;
                try
                {
                    var door = new LoadedCode.Door(emitted);
                    var value = method.Invoke(null, null)!;
                    foreach (var problem in door.Check(value)) wrong.Add($"{place}: {problem.Path} {problem.Type} {problem.Message}");

                    judge ??= new DocumentSchemas(document);
                    var json = door.Write(value);
                    foreach (var problem in judge.Problems(Follow(document, pointer), DocumentSchemas.Parse(json)))
                        wrong.Add($"{place}: NJsonSchema says {problem} of {json}");
                }
                catch (Exception ex)
                {
                    wrong.Add($"{place}: {ex.InnerException ?? ex}");
                }
            }
        }

        output.WriteLine($"{called} examples called in {Corpus.Count(documents, part)}");
        Assert.True(called > 0);
        Assert.True(
            wrong.Count == 0,
            wrong.Count + " faults" + Environment.NewLine + string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(60)));
    }

    private static JToken Follow(JToken node, string[] pointer)
    {
        foreach (var step in pointer)
            node = node is JArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node[step]!;
        return node;
    }
}
