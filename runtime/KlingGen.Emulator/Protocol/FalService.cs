namespace Fal.Emulation;

/// <summary>A host of fal. Each has its own URL, as at fal.</summary>
public enum FalService
{
    /// <summary><c>queue.fal.run</c>: submits, statuses, results.</summary>
    Queue,

    /// <summary><c>fal.run</c>: direct runs and model streams.</summary>
    Run,

    /// <summary><c>rest.fal.ai</c>: announcing uploads, and webhook keys.</summary>
    Rest,

    /// <summary><c>v3.fal.media</c>: uploads and downloads of files.</summary>
    Media,

    /// <summary><c>api.fal.ai</c>: the platform API with prices, past requests and account data.</summary>
    Platform,
}
