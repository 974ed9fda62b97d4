namespace Fal;

/// <summary>How a file is downloaded.</summary>
public sealed record FalDownloadOptions
{
    /// <summary>A file that is larger is refused, as soon as its size shows; 16 GiB unless set.</summary>
    public long MaxBytes { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>How long the whole download may take; null, the default, is as long as bytes keep coming.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How long no byte may come before the connection counts as broken and the download goes on over another; one
    /// minute unless set.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a file that exists at the path may be replaced; true unless set. In a folder no file is ever replaced.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>True refuses a file whose size differs from <see cref="FalFile.FileSize"/>, where the result names one; false unless set.</summary>
    public bool RequireFileSize { get; init; }

    internal static FalDownloadOptions Checked(FalDownloadOptions? options)
    {
        options ??= new FalDownloadOptions();
        if (options.MaxBytes < 0) throw new ArgumentException("FalDownloadOptions.MaxBytes must not be negative.");
        Require(options.StallTimeout, nameof(StallTimeout));
        if (options.Timeout is { } timeout) Require(timeout, nameof(Timeout));
        return options;

        static void Require(TimeSpan value, string name)
        {
            // Timers end at about 49 days.
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(45))
            {
                throw new ArgumentException($"FalDownloadOptions.{name} must be more than zero and at most 45 days.");
            }
        }
    }
}
