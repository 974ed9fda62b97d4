using System.Collections.Concurrent;
using Microsoft.OpenApi;
using Newtonsoft.Json.Linq;
using Xunit.Abstractions;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Our model of each genuine document beside the reading of Microsoft.OpenApi, an independent reader of the same format.</summary>
public sealed class OpenApiReadingTests(ITestOutputHelper output)
{
    /// <summary>
    /// What the two readings may disagree about: the reason, and whether a difference (ours, theirs, the property as
    /// written) is one of that sort.
    /// </summary>
    private static readonly (string Reason, Func<string, string, JToken?, bool> Fits)[] Meant =
    [
        ("'nullable' is a word of 3.0 and means nothing to a reader of 3.1; fal writes it, and means it", (ours, theirs, schema) => (bool?)schema?[
            "nullable"] == true && ours == theirs + "?"),
        ("the places of a tuple ('prefixItems', or 'items' with numbers for keys) are no word of OpenAPI's; ours reads them where they agree",
            (ours, theirs, schema) => schema?.ToString() is { } text
                && (text.Contains("\"prefixItems\"", StringComparison.Ordinal) || text.Contains("\"0\":", StringComparison.Ordinal))
                && theirs.TrimEnd('?').EndsWith(" of (any)", StringComparison.Ordinal)
                && ours.StartsWith("list", StringComparison.Ordinal)
                && ours.EndsWith('?') == theirs.EndsWith('?')),
    ];

    [TestDataTheory]
    [InlineData("current")]
    [InlineData("older")]
    public void Both_readings_agree_on_properties_required_marks_enums_and_limits(string part)
    {
        var documents = Corpus.Read(part);
        var (read, objects, properties) = (0, 0, 0);
        var meant = new ConcurrentDictionary<string, int>();
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(documents, text =>
        {
            var json = text.GetText().ToString();
            if (ModelOf.Read(text.Key, json) is not { } model) return;

            // Read as 3.0 it would drop what 3.0 does not have, and fail on numeric exclusive limits.
            var theirs = OpenApiDocument.Parse(json.Replace("\"openapi\": \"3.0.4\"", "\"openapi\": \"3.1.0\"", StringComparison.Ordinal)
                .Replace("\"openapi\":\"3.0.4\"", "\"openapi\":\"3.1.0\"", StringComparison.Ordinal), "json").Document;
            if (theirs?.Components?.Schemas is not { } schemas) return;
            Interlocked.Increment(ref read);
            var raw = DocumentSchemas.Parse(json)["components"]!["schemas"]!;
            foreach (var (pointer, type) in model.Objects)
            {
                if (pointer is not ["components", "schemas", var key] || !schemas.TryGetValue(key, out var schema)) continue;
                Interlocked.Increment(ref objects);
                foreach (var (place, our, their) in Differences(type, schema, model, ref properties))
                {
                    if (Meant.FirstOrDefault(entry => entry.Fits(our, their, raw[key]!["properties"]?[place.TrimStart('.')])).Reason is { } reason)
                        meant.AddOrUpdate(reason, 1, (_, count) => count + 1);
                    else wrong.Add($"{text.Key} {key}{place}: ours {our}, theirs {their}");
                }
            }
        });

        output.WriteLine($"{read} documents read of {Corpus.Count(documents, part)}, {objects} objects, "
            + $"{properties} properties compared, {meant.Values.Sum()} differences with a reason");
        foreach (var (reason, count) in meant.OrderBy(entry => entry.Key)) output.WriteLine($"{count} times: {reason}");
        Assert.True(properties > 0);
        Assert.True(
            wrong.IsEmpty,
            wrong.Count + " differences" + Environment.NewLine + string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal).Take(60)));
    }

    private static List<(string Place, string Ours, string Theirs)> Differences(
        KlingGen.Model.ObjectModel type,
        IOpenApiSchema schema,
        ModelOf model,
        ref int properties)
    {
        var found = new List<(string Place, string Ours, string Theirs)>();
        var theirs = schema.Properties ?? new Dictionary<string, IOpenApiSchema>();
        var missing = theirs.Keys.Except(type.Properties.Select(property => property.WireName)).ToArray();
        if (missing.Length > 0) found.Add(("", "no property", "property " + string.Join(",", missing)));
        foreach (var property in type.Properties)
        {
            Interlocked.Increment(ref properties);
            if (!theirs.TryGetValue(property.WireName, out var twin))
            {
                found.Add(("." + property.WireName, "property", "no property"));
                continue;
            }

            var isRequired = schema.Required?.Contains(property.WireName) == true;
            if (isRequired != property.IsRequired) found.Add(("." + property.WireName, "required " + property.IsRequired, "required " + isRequired));
            if (twin.Deprecated != property.IsDeprecated)
                found.Add(("." + property.WireName, "deprecated " + property.IsDeprecated, "deprecated " + twin.Deprecated));
            var (our, their) = (ModelFacts.Of(property.Type, model), OpenApiFacts.Of(twin));
            if (our != their) found.Add(("." + property.WireName, our, their));
        }

        return found;
    }
}
