using Fal.Wire;

namespace Fal;

/// <summary>What a submit needs of local media: a look at the files first, then an address for each.</summary>
internal interface IFalMediaUploader
{
    /// <summary>What is wrong with one medium by its own header: size, pixels, duration. Paths are those of <paramref name="check"/>. Nothing is sent.</summary>
    Task<IReadOnlyList<FalProblem>> CheckAsync(FalMediaCheck check, CancellationToken ct) => Task.FromResult<IReadOnlyList<FalProblem>>([]);

    /// <summary>Uploads one medium and returns its URL.</summary>
    Task<string> UploadAsync(FalMedia media, FalMediaLimits? limits, CancellationToken ct);
}
