namespace Fal.Tests.Media;

public class TransferProgressTests
{
    [Theory]
    [InlineData(0L, 100L, 0.0)]
    [InlineData(50L, 100L, 0.5)]
    [InlineData(100L, 100L, 1.0)]
    [InlineData(150L, 100L, 1.0)]
    [InlineData(0L, 0L, 1.0)]
    [InlineData(long.MaxValue, long.MaxValue, 1.0)]
    [InlineData(5L, null, null)]
    public void A_fraction_stays_between_nothing_and_all(long done, long? total, double? fraction)
    {
        var upload = new FalUploadProgress(done, total);
        var download = new FalDownloadProgress(done, total);
        Assert.Equal((done, total, fraction), (upload.SentBytes, upload.TotalBytes, upload.Fraction));
        Assert.Equal((done, total, fraction), (download.ReceivedBytes, download.TotalBytes, download.Fraction));
    }
}
