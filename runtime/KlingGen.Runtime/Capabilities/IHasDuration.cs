namespace Fal;

/// <summary>A request with a duration, independent of its name at the endpoint. Emitted requests implement this explicitly.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IHasDuration<TSelf>
    where TSelf : IHasDuration<TSelf>
{
    /// <summary>The length of the video; null if the request does not set it.</summary>
    TimeSpan? Duration { get; }

    /// <summary>A copy of the request with another value.</summary>
    /// <param name="duration">The length; null leaves it to the server.</param>
    /// <exception cref="ArgumentOutOfRangeException">The endpoint has no such duration; the message names the nearest ones.</exception>
    /// <exception cref="ArgumentNullException">The endpoint requires the value.</exception>
    TSelf WithDuration(TimeSpan? duration);
}
