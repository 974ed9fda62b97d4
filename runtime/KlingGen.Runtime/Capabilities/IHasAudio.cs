namespace Fal;

/// <summary>
/// A request with a choice between a silent video and one with sound, independent of its name at the endpoint. Emitted requests
/// implement this explicitly.
/// </summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasAudio<TSelf>
    where TSelf : IHasAudio<TSelf>
{
    /// <summary>Whether the video has sound; null if the request does not set it.</summary>
    bool? Audio { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="audio">Whether the video has sound; null leaves it to the server.</param>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithAudio(bool? audio);
}
