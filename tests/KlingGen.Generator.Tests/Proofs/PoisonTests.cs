using System.Collections.Concurrent;
using KlingGen.Emission;
using KlingGen.Json;
using KlingGen.Overlays;
using Xunit.Abstractions;
using Node = KlingGen.Json.SpecNode;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>
/// No text of a document leaves its place in the emitted code. Every string of a document is replaced in turn; what
/// comes out has the shape that it has with harmless words at the same place, or a diagnostic says what is wrong.
/// </summary>
public sealed class PoisonTests(ITestOutputHelper output)
{
    public static TheoryData<string> BundledDocuments =>
    [
        "fal-ai/kling-video/v1/tts", "fal-ai/kling-video/v1.6/pro/elements", "fal-ai/kling-video/v3/pro/image-to-video",
        "fal-ai/kling-video/lipsync/types", "fal-ai/kling-image/o1",
    ];

    [Fact]
    public void No_payload_breaks_out_of_the_invented_document()
        => Poison(InventedDocument.Key, [InventedDocument.Text, InventedDocument.Overlay], Every);

    [Theory]
    [MemberData(nameof(BundledDocuments))]
    public void No_payload_breaks_out_of_a_bundled_document(string key)
    {
        var (_, text, overlays) = Pipeline.Bundled(key);
        Poison(key, [text, .. overlays.Select(overlay => overlay.Text)], Rotating, every: Rounds.IsLong ? 1 : 3);
    }

    [TestDataFact]
    public void No_payload_breaks_out_of_genuine_documents()
    {
        var chosen = Corpus.Read("current", count: Rounds.IsLong ? 6 : 3);
        foreach (var document in chosen) Poison(document.Key, [document.GetText().ToString()], Rotating, every: Rounds.IsLong ? 1 : 3);
        output.WriteLine(Corpus.Count(chosen, "current"));
    }

    [Fact]
    public void A_megabyte_of_text_stays_where_it_is()
        => Poison(InventedDocument.Key, [InventedDocument.Text], (_, _) => [Payloads.Megabyte, Payloads.LateMegabyte], every: Rounds.IsLong ? 3 : 60);

    [Fact]
    public void No_payload_breaks_out_of_a_name()
        => Poison(InventedDocument.Key, [InventedDocument.Text], Every, names: true);

    [Fact]
    public void No_payload_breaks_out_of_a_file_name()
    {
        foreach (var text in (string[])[InventedDocument
            .Text, """{"openapi": "3.0.4", "components": {"schemas": {"A": {"type": "object", "properties": {"b": {"enum": ["c", "d"]}}}}}}"""])
        {
            foreach (var payload in Payloads.Short.Append(Payloads.LateMegabyte[^300..]))
            {
                var files = Pipeline.Emit(Pipeline.Read("acme/" + payload, text).Model);
                Assert.Empty(EmittedShape.Dangers(EmittedShape.Parse(files)));
                Assert.All(files, file => Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*$", file.HintName));
                Assert.NotEmpty(files);
            }
        }
    }

    /// <summary>Some of the payloads at each place, other ones at the next: one by default, six in the full form.</summary>
    private static IEnumerable<string> Rotating(int place, int text)
        => Enumerable.Range(0, Rounds.IsLong ? 6 : 1).Select(i => Payloads.Short[((place * 7) + text + (i * 9)) % Payloads.Short.Length]);

    /// <summary>All payloads at each place in the full form, and by default two.</summary>
    private static IEnumerable<string> Every(int place, int text)
        => Rounds.IsLong
            ? Payloads.Short
            : Enumerable.Range(0, 2).Select(i => Payloads.Short[((place * 5) + text + (i * 7)) % Payloads.Short.Length]);

    private void Poison(string key, string[] texts, Func<int, int, IEnumerable<string>> payloads, int every = 1, bool names = false)
    {
        var places = new List<(int Text, SourceRange Range, string Path)>();
        for (var i = 0; i < texts.Length; i++) Collect(JsonReader.Read(texts[i]).Root!, i, "", names, places);
        var wrong = new ConcurrentBag<string>();
        var (runs, changed, refused) = (0, 0, 0);
        Parallel.For(0, places.Count, i =>
        {
            if (i % every != 0) return;
            var (text, range, path) = places[i];
            var neutral = Run(key, texts, text, range, Payloads.Neutral);
            var shapes = new Dictionary<SourceFile, string>(ReferenceEqualityComparer.Instance);
            string ShapeOf(SourceFile file)
            {
                if (!shapes.TryGetValue(file, out var shape)) shapes.Add(file, shape = EmittedShape.Of(EmittedShape.Parse([file])));
                return shape;
            }

            foreach (var payload in payloads(i, text))
            {
                Interlocked.Increment(ref runs);
                Outcome poisoned;
                try
                {
                    poisoned = Run(key, texts, text, range, payload);
                }
                catch (Exception ex)
                {
                    wrong.Add($"{key}{path} = {Show(payload)}: {ex}");
                    continue;
                }

                if (poisoned.Text == neutral.Text) continue;
                Interlocked.Increment(ref changed);
                var trees = EmittedShape.Parse(poisoned.Without(neutral));
                foreach (var danger in EmittedShape.Dangers(trees)) wrong.Add($"{key}{path} = {Show(payload)}: {danger}");
                if (poisoned.Problems != neutral.Problems) Interlocked.Increment(ref refused);
                else if (!names && EmittedShape.Of(trees) != string.Concat(neutral.Without(poisoned).Select(ShapeOf)))
                    wrong.Add($"{key}{path} = {Show(payload)}: the shape is another");
            }
        });

        output.WriteLine($"{key}: {places.Count} {(names ? "names" : "strings")}, {runs} poisoned documents, {changed} with other text, {refused} "
            + "with other diagnostics");
        Assert.True(runs > 0);
        Assert.True(
            wrong.IsEmpty,
            wrong.Count + " broke out" + Environment.NewLine + string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(25)));
    }

    private static Outcome Run(string key, string[] texts, int poisoned, SourceRange range, string payload)
    {
        var changed = (string[])texts.Clone();
        changed[poisoned] = string.Concat(
            texts[poisoned].AsSpan(0, range.Start),
            Payloads.Json(payload),
            texts[poisoned].AsSpan(range.Start + range.Length));
        var reading = Pipeline.Read(key, changed[0], [.. changed.Skip(1).Select(text => new SpecOverlay("/specs/overlay.json", text))]);
        var files = Pipeline.Emit(reading.Model);
        return new Outcome(
            files,
            string.Concat(files.Select(file => file.Text)),
            string.Join(",", reading.Problems.Select(problem => problem.Kind).Order()));
    }

    private static void Collect(Node node, int text, string path, bool names, List<(int Text, SourceRange Range, string Path)> places)
    {
        if (node.Kind == JsonKind.String && !names) places.Add((text, node.Range, path));
        foreach (var member in node.Members)
        {
            if (names) places.Add((text, member.NameRange, path + "/" + member.Name));
            Collect(member.Value, text, path + "/" + member.Name, names, places);
        }

        for (var i = 0; i < node.Items.Length; i++) Collect(node.Items[i], text, path + "/" + i, names, places);
    }

    private static string Show(string payload) => payload.Length > 60 ? Payloads.Json(payload[..60]) + "…" : Payloads.Json(payload);

    private sealed record Outcome(IReadOnlyList<SourceFile> Files, string Text, string Problems)
    {
        /// <summary>The files that are not the same in the other outcome; only they have to be looked at.</summary>
        public IEnumerable<SourceFile> Without(Outcome other)
            => Files.Where(file => !other.Files.Any(twin => twin.HintName == file.HintName && twin.Text == file.Text));
    }
}
