namespace Fal;

/// <summary>A request with an aspect ratio, independent of its name at the endpoint. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasAspectRatio<TSelf>
    where TSelf : IHasAspectRatio<TSelf>
{
    /// <summary>The aspect ratio as fal writes it, such as <c>16:9</c>; null if the request does not set it.</summary>
    string? AspectRatio { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="aspectRatio">The aspect ratio, such as <c>16:9</c>; null leaves it to the server.</param>
    /// <exception cref="ArgumentOutOfRangeException">The endpoint has no such aspect ratio; the message names all.</exception>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithAspectRatio(string? aspectRatio);
}
