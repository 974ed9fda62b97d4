namespace Fal;

/// <summary>The account's defaults for files. Setting them replaces all: what is null is cleared.</summary>
public sealed record FalStorageSettings
{
    /// <summary>How long fal keeps files, in whole seconds; null keeps them.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>Who may read new files; null makes them public to those who know their URL.</summary>
    public FalAccess? Access { get; init; }
}
