namespace Fal;

/// <summary>
/// How many bytes of an answer are taken into memory, by kind of answer. Of an error and of the answer to a submit the beginning is kept, another
/// success that is longer ends in <see cref="FalResponseTooLargeException"/>.
/// </summary>
internal static class ResponseLimits
{
    /// <summary>Answers of a fixed, small shape: submit, cancel, upload announcements and parts.</summary>
    public const int Small = 1024 * 1024;

    /// <summary>A status with all its log lines, and one event of a status stream.</summary>
    public const int Status = 16 * 1024 * 1024;

    /// <summary>What is kept of an error.</summary>
    public const int Error = 256 * 1024;

    /// <summary>The most that a success of this kind may hold; <paramref name="maxResultBytes"/> is the user's own limit for results.</summary>
    public static int ForKind(FalCallKind kind, int maxResultBytes) => kind switch
    {
        FalCallKind.Result or FalCallKind.RunDirect or FalCallKind.RunStream => maxResultBytes,
        FalCallKind.Read => Status,
        _ => Small,
    };
}
