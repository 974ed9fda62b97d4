namespace Fal;

/// <summary>Upload settings of a <see cref="FalClient"/>.</summary>
#pragma warning disable CA1051 // See FalClientOptions.HttpHandler.
public sealed record FalUploadSettings
{
    /// <summary>The size above which files are uploaded in parts; 90 MiB unless set.</summary>
    public long MultipartAbove { get; set; } = 90L * 1024 * 1024;

    /// <summary>
    /// The size of a part, at least 5 MiB; 10 MiB unless set. Parts of very large files are larger, because the number of
    /// parts is limited.
    /// </summary>
    public int PartSize { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// The number of parts of one file that are uploaded in parallel; 4 unless set. A stream that cannot seek needs memory
    /// for each.
    /// </summary>
    public int ParallelParts { get; set; } = 4;

    /// <summary>The number of files of submitted requests that are uploaded in parallel; 4 unless set.</summary>
    public int ParallelFiles { get; set; } = 4;

    /// <summary>
    /// The lifetime of uploaded files and their access rules; if null, the account's settings apply. A field: it is not bound
    /// from configuration.
    /// </summary>
    public FalLifecycle? Lifecycle;

    internal void Validate()
    {
        OptionRules.Require(MultipartAbove is >= 0 and <= 5L * 1024 * 1024 * 1024, "FalUploadSettings.MultipartAbove", "between 0 and 5 GiB");
        OptionRules.Require(PartSize is >= 5 * 1024 * 1024 and <= 1024 * 1024 * 1024, "FalUploadSettings.PartSize", "between 5 MiB and 1 GiB");
        OptionRules.Require(ParallelParts is >= 1 and <= 64, "FalUploadSettings.ParallelParts", "between 1 and 64");
        OptionRules.Require(ParallelFiles is >= 1 and <= 64, "FalUploadSettings.ParallelFiles", "between 1 and 64");
        _ = Lifecycle?.ToHeader();
    }
}
