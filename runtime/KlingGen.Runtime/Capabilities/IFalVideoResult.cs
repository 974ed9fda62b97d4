namespace Fal;

/// <summary>A result that is a video.</summary>
public interface IFalVideoResult
{
    /// <summary>The video.</summary>
    FalFile Video { get; }
}
