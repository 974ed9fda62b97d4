using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Fal.Emulation.Tests.Validation;

/// <summary>The judge over fal's own documents.</summary>
public sealed class GenuineDocumentTests(ITestOutputHelper output)
{
    [TestDataFact]
    public void Every_genuine_document_is_served_and_misses_what_it_requires()
    {
        var files = TestData.JsonFiles("corpus/current");
        Assert.NotEmpty(files);
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var document = ServedDocument.Read(File.ReadAllText(file), file);
            if (document.Resolve(document.Input) is not JsonObject schema) continue;
            var required = (schema["required"] as JsonArray ?? []).Select(name => "missing " + (string)name!).Order(StringComparer.Ordinal);
            var missing = document.RequestValidator.Value.Validate("{}")
                .Select(detail => $"{detail["type"]} {detail["loc"]!.AsArray().ElementAtOrDefault(1)}")
                .Order(StringComparer.Ordinal);
            if (!required.SequenceEqual(missing)) wrong.Add($"{document.Endpoint}: {string.Join(", ", required)} but {string.Join(", ", missing)}");
        }
        output.WriteLine($"{files.Length} genuine documents");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }
}
