using System.Text;
using System.Text.Json;
using KlingGen.Json;
using Xunit.Abstractions;

namespace KlingGen.Core.Tests;

/// <summary>System.Text.Json as an independent judge of what is JSON and what it holds.</summary>
public sealed class JsonSecondOpinionTests(ITestOutputHelper output)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonReader.MaxDepth };

    [Fact]
    public void Random_documents_mean_the_same_to_both_readers()
    {
        for (var seed = 0; seed < 5000; seed++)
        {
            var text = new RandomJson(seed).Next();
            using var expected = JsonDocument.Parse(text, Options);
            var actual = JsonReader.Read(text);
            if (Difference(expected.RootElement, actual.Root!, text) is { } difference) Assert.Fail($"Seed {seed}: {difference}\n{text}");
            Assert.Empty(actual.Problems);
        }
    }

    [Fact]
    public void The_documents_of_this_repository_mean_the_same_to_both_readers()
        => Compare(Directory.GetFiles(Repository.Specs, "*.json", SearchOption.AllDirectories));

    [TestDataFact]
    public void Genuine_documents_mean_the_same_to_both_readers() => Compare(TestData.JsonFiles("corpus"));

    private void Compare(string[] files)
    {
        Assert.NotEmpty(files);
        foreach (var text in files.Select(File.ReadAllText))
        {
            using var expected = JsonDocument.Parse(text, Options);
            var actual = JsonReader.Read(text);
            Assert.Empty(actual.Problems);
            Assert.Null(Difference(expected.RootElement, actual.Root!, text));
        }

        output.WriteLine($"{files.Length} documents");
    }

    [Fact]
    public void Every_beginning_of_a_document_is_refused_with_one_problem_near_its_end()
    {
        var text = Repository.Read("specs/fal-ai/kling-video/v1.6/standard/image-to-video.json").Trim();
        for (var length = 0; length < text.Length; length++)
        {
            var reading = JsonReader.Read(text[..length]);
            Assert.Null(reading.Root);
            var problem = Assert.Single(reading.Problems);
            Assert.InRange(problem.Range.End, problem.Range.Start, length);
            Assert.True(text[problem.Range.End..length].Trim().Length == 0,
                $"{problem.Kind} ends long before the text does, which is cut at {length}.");
        }

        Assert.NotNull(JsonReader.Read(text).Root);
    }

    [Fact]
    public void Broken_documents_are_refused_by_both_readers_or_by_none()
    {
        var original = Repository.Read("specs/fal-ai/kling-video/v1.6/standard/effects.json")[..3000];
        original = RandomJson.Close(original);
        var random = new Random(4711);
        var (accepted, refused) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var text = Mutate(original, random);
            var reading = JsonReader.Read(text);
            var isJson = IsJson(text, out var document);
            using (document)
            {
                if (isJson != reading.Root is not null) Assert.Fail($"Round {round}: {reading.Problems.FirstOrDefault()}\n{text}");
                if (document is not null && reading.Problems.Length == 0) Assert.Null(Difference(document.RootElement, reading.Root!, text));
            }

            Assert.All(reading.Problems, problem => Assert.InRange(problem.Range.Start, 0, text.Length));
            Assert.All(reading.Problems, problem => Assert.InRange(problem.Range.End, problem.Range.Start, text.Length));
            if (isJson) accepted++;
            else refused++;
        }

        Assert.InRange(accepted, 1000, 19_000);
        Assert.InRange(refused, 1000, 19_000);
    }

    [Fact]
    public void Noise_is_no_danger()
    {
        var random = new Random(99);
        const string alphabet = "{}[]\",:\\/ \n\t0123456789.eE+-truefalsn'ab\u0000\u0085\u2028\uFEFF\uD800\uDC00";
        for (var round = 0; round < 50_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var reading = JsonReader.Read(text);
            Assert.Equal(reading.Root is null, reading.Problems.Any(p => p.Kind != JsonProblemKind.DuplicateName));
        }
    }

    private static string Mutate(string original, Random random)
    {
        const string alphabet = "{}[]\",:\\/ \n\t0123456789.eE+-truefalsn'xu\u0001\u00A0";
        var text = new StringBuilder(original);
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0: text.Remove(at, 1); break;
                case 1: text.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                case 2: text[at] = alphabet[random.Next(alphabet.Length)]; break;
                default:
                    var from = random.Next(text.Length);
                    text.Insert(at, text.ToString(from, Math.Min(random.Next(20), text.Length - from)));
                    break;
            }
        }

        return text.ToString();
    }

    private static bool IsJson(string text, out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(text, Options);
            return true;
        }
        catch (JsonException)
        {
            document = null;
            return false;
        }
    }

    private static string? Difference(JsonElement expected, SpecNode actual, string text)
    {
        var slice = text.Substring(actual.Range.Start, actual.Range.Length);
        if (slice != expected.GetRawText()) return $"'{slice}' stands for '{expected.GetRawText()}'";
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var members = expected.EnumerateObject().ToList();
                if (members.Count != actual.Members.Length) return $"{actual.Members.Length} members, not {members.Count}";
                for (var i = 0; i < members.Count; i++)
                {
                    var (member, range) = (actual.Members[i], actual.Members[i].NameRange);
                    if (member.Name != members[i].Name) return $"'{member.Name}', not '{members[i].Name}'";
                    if (JsonSerializer.Deserialize<string>(text.AsSpan(range.Start, range.Length)) != member.Name)
                        return $"'{member.Name}' does not stand at {range}";
                    if (Difference(members[i].Value, member.Value, text) is { } below) return below;
                }

                return null;
            case JsonValueKind.Array:
                var items = expected.EnumerateArray().ToList();
                if (items.Count != actual.Items.Length) return $"{actual.Items.Length} items, not {items.Count}";
                return items.Select((item, i) => Difference(item, actual.Items[i], text)).FirstOrDefault(d => d is not null);
            case JsonValueKind.String:
                return actual.Kind == JsonKind.String && actual.Text == expected.GetString() ? null : $"'{actual}', not '{expected}'";
            case JsonValueKind.Number:
                return actual.Kind == JsonKind.Number && actual.Text == expected.GetRawText() ? null : $"'{actual}', not '{expected}'";
            default:
                return actual.Text == expected.GetRawText() && actual.Kind is JsonKind.Null or JsonKind.True or JsonKind.False ? null
                    : $"'{actual}', not '{expected}'";
        }
    }
}
