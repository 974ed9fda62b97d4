namespace Fal;

/// <summary>The account's defaults for files. A call replaces all of them: a property that is null is cleared.</summary>
public sealed record FalStorageSettings
{
    /// <summary>How long fal keeps files, in whole seconds; null means no limit.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>The access rules of new files; null makes them readable for everyone with the URL.</summary>
    public FalAccess? Access { get; init; }
}
