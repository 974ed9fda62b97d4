namespace Fal;

/// <summary>What jobs use of a client, so that they need not know the client itself.</summary>
/// <param name="Transport">The way to the network.</param>
/// <param name="Options">The options of the client.</param>
/// <param name="Platform">Prices and past requests.</param>
/// <param name="Budget">The budget of the client; null for none.</param>
internal sealed record JobServices(FalTransport Transport, FalClientOptions Options, FalPlatform Platform, FalBudget? Budget);
