using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>The files of a result, by the wire names of their properties.</summary>
internal static class ResultFiles
{
    private const string UnknownType = "application/octet-stream";

    /// <summary>Gets the files of the first of these properties that the result has: a file, or a list of files.</summary>
    public static IReadOnlyList<FalFile> Find(JsonElement result, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty(name, out var member)) continue;
            if (member.ValueKind == JsonValueKind.Object) return [Read(member)];
            if (member.ValueKind == JsonValueKind.Array)
                return [.. member.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object).Select(Read)];
        }
        return [];
    }

    /// <summary>Converts a file to content: its URL, or its bytes if it is a data URI.</summary>
    public static AIContent ToContent(FalFile file, string fallbackType)
        => file.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? new DataContent(file.Url, file.ContentType)
            : new UriContent(file.Url, file.ContentType ?? fallbackType);

    /// <summary>Downloads a file and returns its bytes.</summary>
    public static async Task<DataContent> DownloadAsync(FalClient client, FalFile file, string fallbackType, CancellationToken cancellationToken)
    {
        await using var stream = await client.Files.OpenAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
        var type = file.ContentType is null or UnknownType ? fallbackType : file.ContentType;
        return await DataContent.LoadFromAsync(stream, type, cancellationToken).ConfigureAwait(false);
    }

    private static FalFile Read(JsonElement file) => FalJson.Read<FalFile>(file.GetRawText());
}
