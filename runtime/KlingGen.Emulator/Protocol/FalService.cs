namespace Fal.Emulation;

/// <summary>Which of fal's hosts a request was for. Each has an address of its own, as at fal.</summary>
public enum FalService
{
    /// <summary><c>queue.fal.run</c>: submits, statuses, results.</summary>
    Queue,

    /// <summary><c>fal.run</c>: direct runs and model streams.</summary>
    Run,

    /// <summary><c>rest.fal.ai</c>: uploads are announced and webhook keys published here.</summary>
    Rest,

    /// <summary><c>v3.fal.media</c>: where files are put and fetched.</summary>
    Media,

    /// <summary><c>api.fal.ai</c>: the platform API with prices, past requests and account data.</summary>
    Platform,
}
