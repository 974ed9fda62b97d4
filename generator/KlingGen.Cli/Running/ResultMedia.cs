using System.Globalization;
using System.Text.Json;
using Fal;

namespace KlingGen.Cli.Running;

/// <summary>The files of a result, wherever in it they are.</summary>
internal static class ResultMedia
{
    /// <summary>Objects with an address and something else that files have; each address once.</summary>
    public static IReadOnlyList<FalFile> Find(JsonElement result)
    {
        var files = new List<FalFile>();
        Walk(result, files);
        return files;
    }

    /// <summary>Saves all of them.</summary>
    /// <param name="client">The way to them.</param>
    /// <param name="files">What <see cref="Find"/> found.</param>
    /// <param name="target">A folder takes them under their own names; anything else is the name of the first, and the others get a number.</param>
    /// <param name="saved">Hears of each.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task SaveAsync(
        FalClient client,
        IReadOnlyList<FalFile> files,
        string target,
        Action<string> saved,
        CancellationToken cancellation)
    {
        var isFolder = IsFolder(target);
        for (var i = 0; i < files.Count; i++)
        {
            var path = isFolder || i == 0 ? target : Numbered(target, i + 1);
            saved(await client.Files.SaveAsync(files[i], path, cancellationToken: cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>Creates the folder of the files, so that a job is not paid for before its result can be saved.</summary>
    /// <exception cref="ToolException">Files cannot be written there.</exception>
    public static void Prepare(string target)
    {
        try
        {
            var folder = IsFolder(target) ? target : Path.GetDirectoryName(Path.GetFullPath(target))!;
            using var probe = new AtomicFile(Path.Combine(folder, "klinggen"));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException($"The files cannot be saved as '{target}': {ex.Message} Nothing was sent.", ex);
        }
    }

    private static bool IsFolder(string target) => Directory.Exists(target) || Path.EndsInDirectorySeparator(target);

    private static string Numbered(string path, int number)
        => Path.Combine(
            Path.GetDirectoryName(path) ?? "",
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}"));

    private static void Walk(JsonElement value, List<FalFile> files)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Walk(item, files);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (Text(value, "url") is { } url && IsFile(value) && !files.Exists(file => file.Url == url))
                files.Add(new FalFile { Url = url, FileName = Text(value, "file_name"), ContentType = Text(value, "content_type") });
            foreach (var member in value.EnumerateObject()) Walk(member.Value, files);
        }
    }

    private static bool IsFile(JsonElement value)
        => value.TryGetProperty("content_type", out _) || value.TryGetProperty("file_name", out _) || value.TryGetProperty("file_size", out _)
            || value.TryGetProperty("width", out _)
            || value.EnumerateObject().Count() == 1;

    private static string? Text(JsonElement value, string name)
        => value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
