namespace Fal;

/// <summary>
/// Size limits of answers in memory, by kind. The beginning of an error and of the answer to a submit is kept; any other
/// success that is longer ends in <see cref="FalResponseTooLargeException"/>.
/// </summary>
internal static class ResponseLimits
{
    /// <summary>Limit for answers of a fixed, small format: submit, cancel, upload requests and parts.</summary>
    public const int Small = 1024 * 1024;

    /// <summary>Limit for a status with all its log lines, and for one event of a status stream.</summary>
    public const int Status = 16 * 1024 * 1024;

    /// <summary>Limit for the kept part of an error.</summary>
    public const int Error = 256 * 1024;

    /// <summary>The limit for a success of this kind; <paramref name="maxResultBytes"/> is the user's own limit for results.</summary>
    public static int ForKind(FalCallKind kind, int maxResultBytes) => kind switch
    {
        FalCallKind.Result or FalCallKind.RunDirect or FalCallKind.RunStream => maxResultBytes,
        FalCallKind.Read => Status,
        _ => Small,
    };
}
