namespace Fal;

/// <summary>How far an upload is.</summary>
/// <param name="SentBytes">Bytes sent; never fewer than reported before, even if a part is sent again.</param>
/// <param name="TotalBytes">The file's size; null where only its end will tell.</param>
public readonly record struct FalUploadProgress(long SentBytes, long? TotalBytes)
{
    /// <summary>0 to 1; null where the size is not known.</summary>
    public double? Fraction => Transfer.Fraction(SentBytes, TotalBytes);
}

/// <summary>How far a download is.</summary>
/// <param name="ReceivedBytes">Bytes received. It falls back to zero if the file has to be fetched from its beginning again.</param>
/// <param name="TotalBytes">The file's size; null where the server does not say.</param>
public readonly record struct FalDownloadProgress(long ReceivedBytes, long? TotalBytes)
{
    /// <summary>0 to 1; null where the size is not known.</summary>
    public double? Fraction => Transfer.Fraction(ReceivedBytes, TotalBytes);
}

internal static class Transfer
{
    public static double? Fraction(long done, long? total) => total is { } all ? all == 0 ? 1 : Math.Clamp((double)done / all, 0, 1) : null;
}
