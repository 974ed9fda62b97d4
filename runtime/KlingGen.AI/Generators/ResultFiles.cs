using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// The files of a result, by the wire names of their properties. The job is paid for, so nothing here throws: a file that is malformed is left out,
/// and the raw representation of the response has it.
/// </summary>
internal static class ResultFiles
{
    private const string UnknownType = "application/octet-stream";

    /// <summary>Gets the files of the first of these properties that the result has: a file, or a list of files.</summary>
    public static IReadOnlyList<FalFile> Find(JsonElement result, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty(name, out var member)) continue;
            if (member.ValueKind == JsonValueKind.Object) return [.. new[] { member }.Select(Read).OfType<FalFile>()];
            if (member.ValueKind == JsonValueKind.Array) return [.. member.EnumerateArray().Select(Read).OfType<FalFile>()];
        }
        return [];
    }

    /// <summary>Converts a file to content: its URL, or its bytes if it is a data URI; null if it is malformed.</summary>
    public static AIContent? ToContent(FalFile file, string fallbackType)
    {
        try
        {
            return file.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                ? new DataContent(file.Url, file.ContentType)
                : new UriContent(file.Url, file.ContentType ?? fallbackType);
        }
        catch (Exception ex) when (ex is FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Downloads a file and returns its bytes; its URL if the download fails or is cancelled, so that it can be downloaded later.</summary>
    public static async Task<AIContent?> DownloadAsync(FalClient client, FalFile file, string fallbackType, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await client.Files.OpenAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
            var type = file.ContentType is null or UnknownType ? fallbackType : file.ContentType;
            return await DataContent.LoadFromAsync(stream, type, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            return ToContent(file, fallbackType);
        }
    }

    private static FalFile? Read(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object || Text(file, "url") is not { Length: > 0 } url) return null;
        long? size = file.TryGetProperty("file_size", out var length) && length.ValueKind == JsonValueKind.Number
            && length.TryGetInt64(out var bytes) ? bytes : null;
        var type = Text(file, "content_type");
        if (!MediaTypeHeaderValue.TryParse(type, out _)) type = null;
        return new FalFile { Url = url, ContentType = type, FileName = Text(file, "file_name"), FileSize = size };
    }

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
