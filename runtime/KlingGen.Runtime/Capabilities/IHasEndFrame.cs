namespace Fal;

/// <summary>A request with a last frame, independent of its name at the endpoint. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasEndFrame<TSelf>
    where TSelf : IHasEndFrame<TSelf>
{
    /// <summary>The image with which the video ends; null if the request does not set it.</summary>
    FalMedia? EndFrame { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="endFrame">The image; null leaves it to the server.</param>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithEndFrame(FalMedia? endFrame);
}
