using Fal.Wire;

namespace Fal;

/// <summary>Checks and uploads the local media of a submit.</summary>
internal interface IFalMediaUploader
{
    /// <summary>
    /// Returns the problems of one media file, from its own header: size, pixels, duration. Paths are those of
    /// <paramref name="check"/>. Nothing is sent.
    /// </summary>
    Task<IReadOnlyList<FalProblem>> CheckAsync(FalMediaCheck check, CancellationToken ct) => Task.FromResult<IReadOnlyList<FalProblem>>([]);

    /// <summary>
    /// Returns the URL of a media file, and uploads it if necessary. Concurrent callers for the same object
    /// share one upload, which continues until the last of them is cancelled. A failed upload is not cached.
    /// </summary>
    /// <exception cref="FalValidationException">A constraint is violated; nothing was uploaded.</exception>
    Task<string> UploadAsync(FalMedia media, FalMediaConstraints? constraints, CancellationToken ct);
}
