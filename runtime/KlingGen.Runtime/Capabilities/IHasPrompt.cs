namespace Fal;

/// <summary>A request with a prompt, independent of its name at the endpoint. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasPrompt<TSelf>
    where TSelf : IHasPrompt<TSelf>
{
    /// <summary>The prompt; null if the request does not set it.</summary>
    string? Prompt { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="prompt">The prompt; null leaves it to the server.</param>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithPrompt(string? prompt);
}
