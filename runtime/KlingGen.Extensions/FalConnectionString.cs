namespace Fal;

/// <summary>
/// Parser of the connection string: <c>Key=id:secret;QueueAddress=http://127.0.0.1:7800;…</c>, or only the key. Values have
/// no quotes and no semicolons; names are case-insensitive. A loopback URL with http enables http on this machine, as the
/// environment variables of the runtime do.
/// </summary>
internal static class FalConnectionString
{
    public const string Expected =
        "Expected 'Key=<id>:<secret>', and where needed QueueAddress, RunAddress, RestAddress, PlatformAddress and AdminKey, separated by "
        + "semicolons; or the key alone.";

    /// <summary>Parses the string and sets the named options; false, with nothing set, if the string is invalid.</summary>
    public static bool TryApply(string text, FalClientOptions options)
    {
        text = text.Trim();
        // A string with only a key has no semicolon, and an equals sign only as padding at its end.
        if (!text.Contains(';') && text.TrimEnd('=').IndexOf('=') < 0 && text.Contains(':'))
        {
            options.Key = text;
            return true;
        }
        var changes = new List<Action>();
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 0) return false;
            var (name, value) = (part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
            if (value.Length == 0 || !named.Add(name) || ChangeOf(name, value, options) is not { } change) return false;
            changes.Add(change);
        }
        changes.ForEach(static change => change());
        return changes.Count > 0;
    }

    private static Action? ChangeOf(string name, string value, FalClientOptions options)
    {
        switch (name.ToUpperInvariant())
        {
            case "KEY": return () => options.Key = value;
            case "ADMINKEY": return () => options.AdminKey = value;
        }
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address)) return null;
        return name.ToUpperInvariant() switch
        {
            "QUEUEADDRESS" => () => Allow(options.QueueAddress = address, options),
            "RUNADDRESS" => () => Allow(options.RunAddress = address, options),
            "RESTADDRESS" => () => Allow(options.RestAddress = address, options),
            "PLATFORMADDRESS" => () => Allow(options.PlatformAddress = address, options),
            _ => null,
        };
    }

    private static void Allow(Uri address, FalClientOptions options)
        => options.AllowHttpOnLoopback |= address is { Scheme: "http", IsLoopback: true };
}
