namespace Fal;

/// <summary>A request with a first frame, independent of its name at the endpoint. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasStartFrame<TSelf>
    where TSelf : IHasStartFrame<TSelf>
{
    /// <summary>The image with which the video starts; null if the request does not set it.</summary>
    FalMedia? StartFrame { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="startFrame">The image; null leaves it to the server.</param>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithStartFrame(FalMedia? startFrame);
}
