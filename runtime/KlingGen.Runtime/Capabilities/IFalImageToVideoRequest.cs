namespace Fal;

/// <summary>A request for a video for which a prompt and a first frame are enough.</summary>
/// <typeparam name="TSelf">The request.</typeparam>
public interface IFalImageToVideoRequest<TSelf> : IHasPrompt<TSelf>, IHasStartFrame<TSelf>, IHasDuration<TSelf>
    where TSelf : IFalImageToVideoRequest<TSelf>
{
    /// <summary>A request with this prompt and first frame; the server decides on everything else.</summary>
    /// <param name="prompt">What happens in the video.</param>
    /// <param name="startFrame">The image with which the video starts.</param>
    static abstract TSelf Create(string prompt, FalMedia startFrame);
}
