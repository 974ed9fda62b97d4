using System.Collections.Concurrent;
using Fal.Media;
using Fal.Wire;

namespace Fal;

/// <summary>Checks and uploads a request's local media before it is sent.</summary>
internal static class LocalMedia
{
    // FalFiles has its own limit, over all requests of a client.
    private const int AtATime = 64;

    /// <summary>Throws if a request has problems, including those of its local files, which are opened.</summary>
    /// <exception cref="FalValidationException">There are problems.</exception>
    public static async Task ThrowIfInvalidAsync(FalChecks checks, CancellationToken cancellationToken)
    {
        var problems = await CheckAsync(checks, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) throw new FalValidationException(problems);
    }

    /// <summary>Returns the problems of a request, then those of its local files.</summary>
    public static async Task<IReadOnlyList<FalProblem>> CheckAsync(FalChecks checks, CancellationToken cancellationToken)
    {
        List<FalProblem>? found = null;
        foreach (var check in checks.MediaToCheck)
        {
            var problems = await MediaInspector.CheckAsync(check.Path, check.Media, check.Constraints, cancellationToken).ConfigureAwait(false);
            (found ??= []).AddRange(problems);
        }
        return found is null ? checks.Problems : [.. checks.Problems, .. found];
    }

    /// <summary>Uploads each local media file once, in parallel up to a limit, and writes the URLs into the request.</summary>
    public static async Task<ReadOnlyMemory<byte>> UploadAsync(
        FalRequestBody body,
        FalChecks? checks,
        FalFiles files,
        CancellationToken cancellationToken)
    {
        if (body.IsComplete) return body.Complete();
        var urls = new ConcurrentDictionary<FalMedia, string>(ReferenceEqualityComparer.Instance);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(body.Media, options, async (media, stop) =>
        {
            urls[media] = await files.UploadCheckedAsync(media, ConstraintsOf(media, checks), stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return body.Complete(media => urls[media]);
    }

    private static FalMediaConstraints? ConstraintsOf(FalMedia media, FalChecks? checks)
    {
        if (checks is null) return null;
        foreach (var check in checks.MediaToCheck)
            if (ReferenceEquals(check.Media, media)) return check.Constraints;
        return null;
    }
}
