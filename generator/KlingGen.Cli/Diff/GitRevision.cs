using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using KlingGen.Cli.Documents;

namespace KlingGen.Cli.Diff;

/// <summary>
/// Reads documents as they were at a revision, written as git writes it: <c>HEAD~1:specs</c>. Git itself does the work,
/// as a process; nothing is checked out, and nothing of the text reaches a shell.
/// </summary>
/// <param name="folder">The folder in which git runs.</param>
internal sealed class GitRevision(string folder)
{
    private const string Ending = ".json";
    private const string OverlayEnding = ".overlay.json";

    /// <summary>Whether a text can be a revision with a path.</summary>
    public static bool CanBe(string text) => text.IndexOf(':', StringComparison.Ordinal) > 0 && text[0] != '-';

    /// <exception cref="ToolException">Git is not installed, or the revision or path does not exist.</exception>
    public async Task<IReadOnlyList<SpecInput>> ReadAsync(string text, CancellationToken cancellation)
    {
        if (!CanBe(text)) throw new ToolException($"'{text}' is not a git revision with a path; one is written as 'HEAD~1:specs'.");
        var root = await ResolveAsync(text, cancellation).ConfigureAwait(false)
            ?? throw new ToolException(
                $"Git knows no '{text}' here. The path counts from the top of the repository; './' in front makes it count from the current folder.");
        var type = Encoding.UTF8.GetString(await RunAsync(["cat-file", "-t", root], null, cancellation).ConfigureAwait(false)).Trim();
        var path = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim('/');
        return type switch
        {
            "tree" => await ReadTreeAsync(root, text.TrimEnd('/'), BelowSpecs(path), cancellation).ConfigureAwait(false),
            "blob" => await ReadFileAsync(root, text, path, cancellation).ConfigureAwait(false),
            _ => throw new ToolException($"'{text}' is a {type}, not a file or folder."),
        };
    }

    private async Task<IReadOnlyList<SpecInput>> ReadTreeAsync(string tree, string shown, string above, CancellationToken cancellation)
    {
        var listing = Encoding.UTF8.GetString(await RunAsync(["ls-tree", "-r", "-z", "--full-tree", tree], null, cancellation).ConfigureAwait(false));
        var files = new List<(string Path, string Id)>();
        foreach (var entry in listing.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // Mode, type, id, a tab, the path. What is no plain file has no text of its own.
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var facts = entry[..tab].Split(' ');
            var path = entry[(tab + 1)..];
            if (facts[0] is "100644" or "100755" && path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)) files.Add((path, facts[2]));
        }

        var texts = await ReadTextsAsync([.. files.Select(file => file.Id)], cancellation).ConfigureAwait(false);
        var slash = shown.EndsWith(':') ? "" : "/";
        List<SpecInput> inputs =
            [.. files.Select((file, i) => new SpecInput(shown + slash + file.Path, above + file.Path[..^Ending.Length], IsBundled: false, texts[i]))];
        if (above.Length > 0) await AddEnumsAsync(shown, above.TrimEnd('/'), inputs, cancellation).ConfigureAwait(false);
        return inputs;
    }

    private async Task<IReadOnlyList<SpecInput>> ReadFileAsync(string id, string shown, string path, CancellationToken cancellation)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var folders = path[..Math.Max(path.LastIndexOf('/'), 0)];
        var key = BelowSpecs(folders) + (name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : name);
        var inputs = new List<SpecInput> { new(shown, key, IsBundled: false, (await ReadTextsAsync([id], cancellation).ConfigureAwait(false))[0]) };
        if (!shown.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || shown.EndsWith(OverlayEnding, StringComparison.OrdinalIgnoreCase))
            return inputs;
        var overlay = shown[..^Ending.Length] + OverlayEnding;
        if (await ResolveAsync(overlay, cancellation).ConfigureAwait(false) is { } overlayId)
            inputs.Add(
                new SpecInput(overlay, key + ".overlay", IsBundled: false,
                    (await ReadTextsAsync([overlayId], cancellation).ConfigureAwait(false))[0]));
        await AddEnumsAsync(shown, key, inputs, cancellation).ConfigureAwait(false);
        return inputs;
    }

    /// <summary>Adds the shared enums that are defined in a document's folder or above it, up to the specs folder.</summary>
    private async Task AddEnumsAsync(string shown, string key, List<SpecInput> inputs, CancellationToken cancellation)
    {
        const string Enums = "enums.overlay";
        for (var (path, folder) = (shown, key); ; (path, folder) = (path[..path.LastIndexOf('/')], folder[..folder.LastIndexOf('/')]))
        {
            var (above, keyAbove) = (path[..(Math.Max(path.LastIndexOf('/'), path.IndexOf(':', StringComparison.Ordinal)) + 1)],
                folder[..(folder.LastIndexOf('/') + 1)]);
            if (await ResolveAsync(above + Enums + Ending, cancellation).ConfigureAwait(false) is { } id)
                inputs.Add(new SpecInput(above + Enums + Ending, keyAbove + Enums, IsBundled: false,
                    (await ReadTextsAsync([id], cancellation).ConfigureAwait(false))[0]));
            if (keyAbove.Length == 0) return;
        }
    }

    /// <summary>Keys count from the nearest folder called specs, as they do for files on disk.</summary>
    private static string BelowSpecs(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.LastIndexOf(parts, "specs");
        return at < 0 || at == parts.Length - 1 ? "" : string.Join('/', parts[(at + 1)..]) + "/";
    }

    private async Task<string?> ResolveAsync(string text, CancellationToken cancellation)
    {
        var (code, output, _) = await TryRunAsync(["rev-parse", "--verify", "--quiet", text], null, cancellation).ConfigureAwait(false);
        return code == 0 ? Encoding.UTF8.GetString(output).Trim() : null;
    }

    /// <summary>All texts by one process. Git answers each id with a line that names its size, the bytes, and a line end.</summary>
    private async Task<IReadOnlyList<string>> ReadTextsAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var output = await RunAsync(["cat-file", "--batch"], string.Concat(ids.Select(id => id + "\n")), cancellation).ConfigureAwait(false);
        var texts = new List<string>(ids.Count);
        var at = 0;
        foreach (var id in ids)
        {
            var end = Array.IndexOf(output, (byte)'\n', at);
            var facts = end < 0 ? [] : Encoding.ASCII.GetString(output, at, end - at).Split(' ');
            if (facts.Length != 3 || !int.TryParse(facts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                || end + 1 + size > output.Length)
                throw new ToolException($"Git did not give the object {id}.");
            texts.Add(Encoding.UTF8.GetString(output, end + 1, size));
            at = end + 1 + size + 1;
        }

        return texts;
    }

    private async Task<byte[]> RunAsync(string[] arguments, string? input, CancellationToken cancellation)
    {
        var (code, output, error) = await TryRunAsync(arguments, input, cancellation).ConfigureAwait(false);
        return code == 0 ? output : throw new ToolException($"'git {arguments[0]}' failed: {error.Trim()}");
    }

    private async Task<(int Code, byte[] Output, string Error)> TryRunAsync(string[] arguments, string? input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        using var process = Start(start);
        try
        {
            var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
            var complaints = process.StandardError.ReadToEndAsync(cancellation);
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
            await reading.ConfigureAwait(false);
            var error = await complaints.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, output.ToArray(), error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new ToolException("git could not be started.");
        }
        catch (Win32Exception ex)
        {
            throw new ToolException("A git revision was asked for, but git could not be started: " + ex.Message, ex);
        }
    }
}
