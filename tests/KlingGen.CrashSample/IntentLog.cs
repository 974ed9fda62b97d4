using System.Globalization;
using Fal;

namespace KlingGen.CrashSample;

/// <summary>
/// An append-only file of intents: a line when work is intended, a line when fal has accepted it, a line when its result is stored. In a program
/// with a database this is a table with a nullable column for the token.
/// </summary>
internal sealed class IntentLog(string path)
{
    private readonly object _lock = new();

    /// <summary>Writes down that something is about to be submitted, before it is.</summary>
    public string Open()
    {
        var intent = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        Append($"intent {intent}");
        return intent;
    }

    /// <summary>Writes down which job an intent has become.</summary>
    public void Accepted(string intent, FalJobToken token) => Append($"token {intent} {token}");

    /// <summary>Writes down that the result is stored, and nothing is open any more.</summary>
    public void Close(string intent) => Append($"done {intent}");

    /// <summary>The intents that are not done, each with its job where one is known.</summary>
    public IReadOnlyDictionary<string, FalJobToken?> Unfinished()
    {
        var open = new Dictionary<string, FalJobToken?>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            switch (line.Split(' '))
            {
                case ["intent", var intent]:
                    open[intent] = null;
                    break;
                // The last line may have been cut short by the crash; then its intent stays without a token.
                case ["token", var intent, var text] when FalJobToken.TryParse(text, out var token):
                    open[intent] = token;
                    break;
                case ["done", var intent]:
                    open.Remove(intent);
                    break;
            }
        }
        return open;
    }

    private void Append(string line)
    {
        lock (_lock)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
            // On the disk before the next step begins; a line that is still in a buffer is no promise.
            file.Flush(flushToDisk: true);
        }
    }
}
