using System.Globalization;
using KlingGen.Json;
using KlingGen.Planning;

namespace KlingGen.Cli.Pull;

/// <summary>The ids of all models that fal lists, page by page. Only what is needed is read; everything else in an answer may change.</summary>
internal static class ModelList
{
    private const int MostPages = 1000;

    /// <returns>The ids that match one of the patterns, in ordinal order.</returns>
    /// <exception cref="PullException">The list could not be read.</exception>
    public static async Task<IReadOnlyList<string>> MatchAsync(
        IReadOnlyList<string> patterns,
        FalServer server,
        FalAddressBook addresses,
        CancellationToken cancellation)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var root = JsonReader.Read(await server.GetAsync(addresses.Models(cursor), cancellation).ConfigureAwait(false)).Root;
            if (root?.Get("models") is not { Kind: JsonKind.Array } models)
                throw new PullException("the list of models is not what was expected: 'models' is missing", isRefused: true);
            foreach (var model in models.Items)
            {
                if (model.Get("endpoint_id") is { Kind: JsonKind.String } id && patterns.Any(pattern => EndpointGlob.Matches(pattern, id.Text)))
                    found.Add(id.Text);
            }

            cursor = root.Get("next_cursor") is { Kind: JsonKind.String, Text.Length: > 0 } next ? next.Text : null;
            if (cursor is null || root.Get("has_more") is { Kind: JsonKind.False }) return [.. found];

            // A server that goes in circles must not keep us.
            if (!seen.Add(cursor)) throw new PullException("the list of models leads back to a page that was read already", isRefused: true);
        }

        throw new PullException($"the list of models does not end after {MostPages.ToString(CultureInfo.InvariantCulture)} pages", isRefused: true);
    }
}
