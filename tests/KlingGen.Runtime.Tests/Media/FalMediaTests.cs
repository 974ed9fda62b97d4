using System.Text;
using Fal.Media;

namespace Fal.Tests.Media;

/// <summary>The sources that media come from.</summary>
public sealed class FalMediaTests
{
    private static async Task<byte[]> ReadAsync(FalMedia media)
    {
        await using var source = media.Open();
        await source.PrepareAsync(default);
        var all = new List<byte>();
        var buffer = new byte[7];
        int count;
        while ((count = await source.ReadAsync(all.Count, buffer, default)) > 0) all.AddRange(buffer[..count]);
        return [.. all];
    }

    [Fact]
    public async Task Every_local_source_gives_its_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes("the quick brown fox jumps over the lazy dog");
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, bytes);
        try
        {
            Assert.Equal(bytes, await ReadAsync(FalMedia.FromFile(path)));
            Assert.Equal(bytes, await ReadAsync(FalMedia.FromBytes(bytes)));
            Assert.Equal(bytes, await ReadAsync(FalMedia.FromStream(new MemoryStream(bytes))));
            Assert.Equal(bytes, await ReadAsync(FalMedia.FromStream(new OneWayStream(bytes))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task ComputeSha256Async_hashes_local_bytes_and_refuses_the_rest()
    {
        var bytes = "content"u8.ToArray();
        var expected = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)).ToLowerInvariant();
        Assert.Equal(expected, await FalMedia.FromBytes(bytes).ComputeSha256Async());
        Assert.Equal(expected, await FalMedia.FromStream(new MemoryStream(bytes)).ComputeSha256Async());
        foreach (var media in new[] { FalMedia.FromUrl("https://a.example/b.png"), FalMedia.FromStream(new OneWayStream(bytes)) })
            await Assert.ThrowsAsync<InvalidOperationException>(() => media.ComputeSha256Async());
    }

    [Fact]
    public async Task A_stream_is_read_from_where_it_stood()
    {
        var stream = new MemoryStream("header:content"u8.ToArray()) { Position = 7 };
        var media = FalMedia.FromStream(stream);
        stream.Position = 0;
        Assert.Equal("content"u8.ToArray(), await ReadAsync(media));
        Assert.Equal("content"u8.ToArray(), await ReadAsync(media));
    }

    [Fact]
    public async Task The_beginning_of_a_one_way_stream_can_be_looked_at_before_it_is_read()
    {
        var bytes = new byte[ForwardOnlyBytes.HeadLength + 1000];
        new Random(1).NextBytes(bytes);
        var source = new ForwardOnlyBytes(new OneWayStream(bytes));
        Assert.Equal(0, source.Read(0, new byte[4]));
        await source.PrepareAsync(default);
        await source.PrepareAsync(default);
        Assert.Null(source.Length);
        var head = new byte[10];
        Assert.Equal(10, source.Read(5, head));
        Assert.Equal(bytes[5..15], head);
        Assert.Equal(0, source.Read(ForwardOnlyBytes.HeadLength, head));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.ReadAsync(ForwardOnlyBytes.HeadLength + 5, head, default));
        Assert.True(source.TryTake());
        Assert.False(source.TryTake());
    }

    [Fact]
    public async Task A_short_one_way_stream_has_a_length_once_it_was_looked_at()
    {
        var source = new ForwardOnlyBytes(new OneWayStream(new byte[100]));
        await source.PrepareAsync(default);
        Assert.Equal(100, source.Length);
        Assert.Equal(0, await source.ReadAsync(100, new byte[5], default));
    }

    [Theory]
    [InlineData("image/png\r\nX-Evil: 1")]
    [InlineData("image")]
    [InlineData("")]
    [InlineData("bild/ö")]
    public void A_content_type_that_is_none_is_refused_at_once(string type)
    {
        Assert.Throws<ArgumentException>(() => FalMedia.FromBytes(new byte[1], type));
        Assert.Throws<ArgumentException>(() => FalMedia.FromStream(new MemoryStream(), type));
    }

    [Fact]
    public void Sources_that_are_none_are_refused_at_once()
    {
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.Throws<ArgumentException>(() => FalMedia.FromStream(closed));
        Assert.Throws<ArgumentNullException>(() => FalMedia.FromStream(null!));
        Assert.Throws<ArgumentException>(() => FalMedia.FromFile(""));
        Assert.Throws<ArgumentNullException>(() => FalMedia.FromUrl((string)null!));
        Assert.Throws<ArgumentNullException>(() => FalMedia.FromUrl((Uri)null!));
    }

    [Fact]
    public void Media_are_equal_by_their_source()
    {
        var stream = new MemoryStream();
        Assert.Equal(FalMedia.FromFile("a.png"), FalMedia.FromFile("a.png"));
        Assert.Equal(FalMedia.FromFile("a.png").GetHashCode(), FalMedia.FromFile("a.png").GetHashCode());
        Assert.Equal(FalMedia.FromBytes(new byte[] { 1 }), FalMedia.FromBytes(new byte[] { 1 }));
        Assert.NotEqual(FalMedia.FromBytes(new byte[] { 1 }), FalMedia.FromBytes(new byte[] { 2 }));
        Assert.Equal(FalMedia.FromStream(stream), FalMedia.FromStream(stream));
        Assert.NotEqual(FalMedia.FromStream(stream), FalMedia.FromStream(new MemoryStream()));
        FalMedia? url = new Uri("https://example.com/a b");
        Assert.True(url!.Equals((object)FalMedia.FromUrl("https://example.com/a%20b")));
        Assert.Null((FalMedia?)(string?)null);
        Assert.Null((FalMedia?)(Uri?)null);
        Assert.Equal("x/y.png", FalMedia.FromUrl(new Uri("x/y.png", UriKind.Relative)).ToString());
        Assert.Equal("<file b.png>", FalMedia.FromFile("a/b.png").ToString());
        Assert.Equal("<stream>", FalMedia.FromStream(stream).ToString());
    }

    [Theory]
    [InlineData("data:image/png;base64,aGVsbG8=", "image/png", "hello")]
    [InlineData("DATA:image/png;BASE64,aGVsbG8", "image/png", "hello")]
    [InlineData("data:;base64,aGVs bG8=", null, "hello")]
    [InlineData("data:text/plain;charset=utf-8;base64,aGVsbG8%3D", "text/plain;charset=utf-8", "hello")]
    [InlineData("data:,a%20b%zzé%C3%a9", null, "a b%zzéé")]
    [InlineData("data:text/plain,100%", "text/plain", "100%")]
    [InlineData("data:nonsense,x", null, "x")]
    [InlineData("data:,", null, "")]
    public void Data_uris_are_decoded(string uri, string? type, string content)
    {
        Assert.True(DataUri.TryRead(uri, out var found, out var bytes));
        Assert.Equal(type, found);
        Assert.Equal(content, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("https://example.com/,")]
    [InlineData("data:image/png;base64")]
    [InlineData("data:;base64,a")]
    [InlineData("data:;base64,aGVsb*8=")]
    public void What_is_no_data_uri_is_not_decoded(string uri) => Assert.False(DataUri.TryRead(uri, out _, out _));
}
