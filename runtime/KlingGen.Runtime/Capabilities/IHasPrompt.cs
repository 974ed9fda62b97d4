namespace Fal;

/// <summary>A request with a prompt, under one name for all endpoints. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasPrompt<TSelf>
    where TSelf : IHasPrompt<TSelf>
{
    /// <summary>The prompt; null where the request does not set it.</summary>
    string? Prompt { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="prompt">The prompt; null leaves it to the server.</param>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithPrompt(string? prompt);
}
