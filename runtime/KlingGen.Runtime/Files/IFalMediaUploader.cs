using Fal.Wire;

namespace Fal;

/// <summary>What a submit needs of local media: a look at the files first, then an address for each.</summary>
internal interface IFalMediaUploader
{
    /// <summary>
    /// What is wrong with one medium by its own header: size, pixels, duration. Paths are those of
    /// <paramref name="check"/>. Nothing is sent.
    /// </summary>
    Task<IReadOnlyList<FalProblem>> CheckAsync(FalMediaCheck check, CancellationToken ct) => Task.FromResult<IReadOnlyList<FalProblem>>([]);

    /// <summary>
    /// The URL of a medium; uploads it if that has not happened yet. Callers that ask for the same object at the same
    /// time share one upload, which goes on until the last of them gives up. A failed upload is not remembered.
    /// </summary>
    /// <exception cref="FalValidationException">A limit is broken; nothing was uploaded.</exception>
    Task<string> UploadAsync(FalMedia media, FalMediaConstraints? constraints, CancellationToken ct);
}
