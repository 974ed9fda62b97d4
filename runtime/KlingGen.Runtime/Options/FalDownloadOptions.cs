namespace Fal;

/// <summary>Download options of one file.</summary>
public sealed record FalDownloadOptions
{
    /// <summary>Maximum size; a larger file is refused as soon as its size is known; 16 GiB unless set.</summary>
    public long MaxBytes { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>Timeout of the whole download; null, the default, means none while bytes arrive.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Timeout without a byte, after which the connection counts as broken and the download continues over another; one
    /// minute unless set.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether an existing file at the path may be replaced; true unless set. A download into a folder never replaces a file.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>True refuses a file whose size differs from <see cref="FalFile.FileSize"/>, if the result has one; false unless set.</summary>
    public bool RequireFileSize { get; init; }

    internal static FalDownloadOptions Checked(FalDownloadOptions? options)
    {
        options ??= new FalDownloadOptions();
        if (options.MaxBytes < 0) throw new ArgumentException("FalDownloadOptions.MaxBytes must not be negative.");
        OptionRules.RequireLimit(options.StallTimeout, "FalDownloadOptions.StallTimeout");
        OptionRules.RequireLimit(options.Timeout, "FalDownloadOptions.Timeout");
        return options;
    }
}
