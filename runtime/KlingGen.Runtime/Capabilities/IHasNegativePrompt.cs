namespace Fal;

/// <summary>A request with a negative prompt, independent of its name at the endpoint. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasNegativePrompt<TSelf>
    where TSelf : IHasNegativePrompt<TSelf>
{
    /// <summary>What the result must not show; null if the request does not set it.</summary>
    string? NegativePrompt { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="negativePrompt">What the result must not show; null leaves it to the server.</param>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithNegativePrompt(string? negativePrompt);
}
