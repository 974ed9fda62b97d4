using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Fal.Emulation.Tests.Results;

/// <summary>What is made for any document satisfies that document, and what it says of files is true.</summary>
public sealed class ResultOfDocumentTests(ITestOutputHelper output)
{
    private static readonly JsonElement NoInput = JsonSerializer.Deserialize<JsonElement>("{}");
    private readonly FalEmulatedFiles _files = new(() => new Uri("http://127.0.0.1:8080"), TimeProvider.System);

    [Fact]
    public void A_result_of_every_bundled_document_satisfies_it()
    {
        var bundled = AllDocuments.Bundled().ToList();
        Assert.NotEmpty(bundled);
        Check(bundled, "bundled");
    }

    [TestDataFact]
    public void A_result_of_every_genuine_document_satisfies_it()
    {
        var all = AllDocuments.Genuine().ToList();
        Assert.NotEmpty(all);
        Check(all, "genuine");
    }

    private void Check(List<(string Name, ServedDocument Document)> documents, string kind)
    {
        var maker = new ResultMaker(_files);
        int withoutSchema = 0, withoutExamples = 0, urls = 0;
        var problems = new List<string>();
        foreach (var (name, document) in documents)
        {
            if (document.Resolve(document.Output) is not JsonObject { Count: > 0 }) withoutSchema++;
            foreach (var requestId in new[] { "one", "two" })
            {
                var id = $"{kind}-{documents.IndexOf((name, document))}-{requestId}";
                var result = maker.Make(document, NoInput, id);
                problems.AddRange(document.ResultValidator.Validate(result).Select(problem => $"{name}: {problem}"));
                problems.AddRange(Untrue(result, ref urls).Select(problem => $"{name}: {problem}"));
                Assert.Equal(result?.ToJsonString(), maker.Make(document, NoInput, id)?.ToJsonString());
            }
            if (document.ResultValidator.Validate(maker.Try(document, NoInput, "judged", null, useExamples: true).Result).Count > 0)
                withoutExamples++;
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{documents.Count} {kind} documents, two results each: {problems.Count} problems, {urls} URLs of files; {withoutSchema} documents "
                + $"say nothing about their result and get {{}}; {withoutExamples} have examples that their own schema refuses"));
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private List<string> Untrue(JsonNode? node, ref int urls)
    {
        var problems = new List<string>();
        switch (node)
        {
            case JsonObject members:
                if (members["url"] is JsonValue url && _files.Find(url.ToString()) is { } file)
                {
                    if (members["file_size"] is { } size && size.ToJsonString() != file.Content.Length
                        .ToString(System.Globalization.CultureInfo.InvariantCulture)) problems.Add($"file_size {size} is not {file.Content.Length}");
                    if (members["content_type"] is { } type && type.ToString() != file.ContentType)
                        problems.Add($"content_type {type} is not {file.ContentType}");
                    if (members["file_name"] is { } name && name.ToString() != file.Name) problems.Add($"file_name {name} is not {file.Name}");
                }
                foreach (var (_, member) in members) problems.AddRange(Untrue(member, ref urls));
                break;
            case JsonArray items:
                foreach (var item in items) problems.AddRange(Untrue(item, ref urls));
                break;
            case JsonValue value when MediaPlacer.IsUrl(value.ToString()):
                urls++;
                if (_files.Find(value.ToString()) is null) problems.Add($"{value} is not served");
                break;
            default:
                break;
        }
        return problems;
    }
}
