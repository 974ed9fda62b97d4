using System.Security.Cryptography;
using Fal;

namespace KlingGen.Cli.Playground;

/// <summary>A file that the page was given.</summary>
/// <param name="Reference">The string that refers to it in the page's requests.</param>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Media">The file as a request takes it.</param>
internal sealed record Upload(string Reference, string Name, long Length, FalMedia Media);

/// <summary>
/// The files that the page was given, in memory. A reference to one is random, so no text of a request is taken for it by chance. Beyond the limit
/// the oldest are dropped.
/// </summary>
/// <param name="mostBytes">The limit of all files together.</param>
internal sealed class UploadStore(long mostBytes = UploadStore.DefaultMostBytes)
{
    /// <summary>The largest file.</summary>
    public const long LargestFile = 256 * 1024 * 1024;

    private const long DefaultMostBytes = 1024 * 1024 * 1024;
    private const string Scheme = "klinggen-upload:";
    private const int LongestName = 100;

    private readonly object _lock = new();
    private readonly Queue<Upload> _kept = new();

    public Upload Add(string? name, byte[] bytes)
    {
        var plain = PlainName(name);
        var reference = Scheme + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var upload = new Upload(reference, plain, bytes.Length, FalMedia.FromBytes(bytes, contentType: null, plain));
        lock (_lock)
        {
            _kept.Enqueue(upload);
            while (_kept.Count > 1 && _kept.Sum(kept => kept.Length) > mostBytes) _kept.Dequeue();
        }

        return upload;
    }

    /// <summary>The file of a reference, or null.</summary>
    public Upload? Find(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        lock (_lock) return _kept.FirstOrDefault(upload => upload.Reference == text);
    }

    // The name reaches messages, the emulator and code samples. It is never a path on this machine.
    private static string PlainName(string? name)
    {
        var last = (name ?? "")[((name ?? "").LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = string.Concat(last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ')).Trim(' ', '.');
        if (plain.Length > LongestName) plain = plain[^LongestName..];
        return plain.Length == 0 ? "file" : plain;
    }
}
