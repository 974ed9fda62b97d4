namespace Fal;

/// <summary>
/// Addresses from the environment, which point an unchanged app at an emulator. Only addresses of this machine are accepted: a variable must not be
/// able to send
/// the key elsewhere.
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

    /// <summary>Whether an address from the environment is plain http.</summary>
    public bool UsesHttp => Variables.Any(variable => Find(variable) is { Scheme: "http" });

    /// <summary>The address that a variable names, or fal's own.</summary>
    public Uri AddressOr(string variable, string address) => Find(variable) ?? new Uri(address);

    /// <summary>Refuses variables that are set and cannot be used.</summary>
    /// <exception cref="ArgumentException">One is no address of this machine.</exception>
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
