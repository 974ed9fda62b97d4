namespace Fal;

/// <summary>A request for a video for which a prompt is enough.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IFalVideoRequest<TSelf> : IHasPrompt<TSelf>, IHasDuration<TSelf>
    where TSelf : IFalVideoRequest<TSelf>
{
    /// <summary>A request with this prompt; the server decides on everything else.</summary>
    /// <param name="prompt">What the video shows.</param>
    static abstract TSelf Create(string prompt);
}
