namespace Fal;

/// <summary>Progress of an upload.</summary>
/// <param name="SentBytes">Bytes sent; never decreases, even if a part is sent again.</param>
/// <param name="TotalBytes">The file's size; null if it is unknown until the end.</param>
public readonly record struct FalUploadProgress(long SentBytes, long? TotalBytes)
{
    /// <summary>The fraction from 0 to 1; null if the size is unknown.</summary>
    public double? Fraction => Transfer.Fraction(SentBytes, TotalBytes);
}

/// <summary>Progress of a download.</summary>
/// <param name="ReceivedBytes">Bytes received. It is reset to zero if the download starts again from the beginning.</param>
/// <param name="TotalBytes">The file's size; null if the server's answer has none.</param>
public readonly record struct FalDownloadProgress(long ReceivedBytes, long? TotalBytes)
{
    /// <summary>The fraction from 0 to 1; null if the size is unknown.</summary>
    public double? Fraction => Transfer.Fraction(ReceivedBytes, TotalBytes);
}

internal static class Transfer
{
    public static double? Fraction(long done, long? total) => total is { } all ? all == 0 ? 1 : Math.Clamp((double)done / all, 0, 1) : null;
}
