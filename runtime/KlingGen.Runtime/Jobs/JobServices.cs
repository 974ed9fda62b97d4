namespace Fal;

/// <summary>What jobs use of a client, so that they need not know the client itself.</summary>
/// <param name="transport">The way to the network.</param>
/// <param name="options">The options of the client.</param>
/// <param name="budget">The budget of the client; null for none.</param>
internal sealed class JobServices(FalTransport transport, FalClientOptions options, FalBudget? budget)
{
    private FalPlatform? _platform;

    public FalTransport Transport => transport;

    public FalClientOptions Options => options;

    public FalBudget? Budget => budget;

    /// <summary>Prices and past requests. Lazy, so that a native program that uses neither does not contain their JSON.</summary>
    public FalPlatform Platform => LazyInitializer.EnsureInitialized(ref _platform, () => new FalPlatform(transport));
}
