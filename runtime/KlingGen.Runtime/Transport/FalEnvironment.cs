namespace Fal;

/// <summary>
/// Base URLs from environment variables, which direct an unchanged app to an emulator. Only loopback URLs are accepted: a
/// variable must not be able to send the key to another host.
/// </summary>
/// <param name="read">Reads a variable; <see cref="Environment.GetEnvironmentVariable(string)"/> outside tests.</param>
internal sealed class FalEnvironment(Func<string, string?> read)
{
    public const string Queue = "FAL_QUEUE_ADDRESS";
    public const string Run = "FAL_RUN_ADDRESS";
    public const string Rest = "FAL_REST_ADDRESS";
    public const string Platform = "FAL_PLATFORM_ADDRESS";

    private static readonly string[] Variables = [Queue, Run, Rest, Platform];

    /// <summary>The environment of the process.</summary>
    public static FalEnvironment OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Whether a URL from the environment is plain http.</summary>
    public bool UsesHttp => Array.Exists(Variables, variable => Find(variable) is { Scheme: "http" });

    /// <summary>The URL from a variable, or fal's own.</summary>
    public Uri AddressOr(string variable, string address) => Find(variable) ?? new Uri(address);

    /// <summary>Refuses variables that are set to an invalid value.</summary>
    /// <exception cref="ArgumentException">A variable is not a loopback URL.</exception>
    public void Check()
    {
        foreach (var variable in Variables)
        {
            if (string.IsNullOrWhiteSpace(read(variable)) || Find(variable) is not null) continue;
            throw new ArgumentException(
                $"The environment variable {variable} is not an address of this machine; it is for emulators, such as http://127.0.0.1:7800. "
                + "Set FalClientOptions for other hosts.");
        }
    }

    private Uri? Find(string variable)
        => Uri.TryCreate(read(variable)?.Trim(), UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", IsLoopback: true }
        ? address : null;
}
