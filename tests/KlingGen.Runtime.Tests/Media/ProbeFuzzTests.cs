using Fal.Media;

namespace Fal.Tests.Media;

/// <summary>Probes read untrusted bytes: they never throw, and never read without end.</summary>
public sealed class ProbeFuzzTests
{
    private static readonly byte[][] Seeds =
    [
        SampleFiles.Png(), SampleFiles.Gif(), SampleFiles.Bmp(), SampleFiles.Jpeg(orientation: 6), SampleFiles.Jpeg(
            orientation: 1,
            bigEndianExif: false), SampleFiles.WebPLossy(),
        SampleFiles.WebPLossless(), SampleFiles.WebPExtended(orientation: 6), SampleFiles.Heif(turned: true), new SampleMovie { MdatLength = 40 }
            .ToBytes(),
        new SampleMovie { MdatLength = 40, MoovLast = true, Version1 = true, LongMdat = true, Duration = 0, FragmentDuration = 9 }
            .ToBytes(), SampleFiles.WebM(),
        SampleFiles.WebM(unknownSizes: true, wide: false), SampleFiles.Wav(0.01), SampleFiles.Wav(0.01, rf64: true), SampleFiles.Mp3(
            3,
            "Xing",
            7,
            id3: true),
        SampleFiles.Mp3(3, "VBRI", 7), SampleFiles.Flac(),
    ];

    [Fact]
    public void A_file_cut_anywhere_is_read_as_far_as_it_goes()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 0; length <= seed.Length; length++) Check(seed[..length]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_changes_do_no_harm(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            var file = (byte[])Seeds[random.Next(Seeds.Length)].Clone();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                var at = random.Next(file.Length);
                switch (random.Next(3))
                {
                    case 0:
                        file[at] = (byte)random.Next(256);
                        break;
                    case 1: // the values at which counting goes wrong
                        var extreme = (byte)(random.Next(2) == 0 ? 0 : 255);
                        file.AsSpan(at, Math.Min(random.Next(1, 9), file.Length - at)).Fill(extreme);
                        break;
                    default:
                        var from = random.Next(file.Length);
                        var count = Math.Min(random.Next(1, 64), file.Length - Math.Max(at, from));
                        file.AsSpan(from, count).ToArray().CopyTo(file, at);
                        break;
                }
            }
            Check(file);
        }
    }

    [Fact]
    public void Random_bytes_behind_a_true_signature_do_no_harm()
    {
        var random = new Random(7);
        foreach (var seed in Seeds)
        {
            for (var round = 0; round < 300; round++)
            {
                var file = new byte[random.Next(20, 3000)];
                random.NextBytes(file);
                var keep = Math.Min(Math.Min(random.Next(8, 40), seed.Length), file.Length);
                seed.AsSpan(0, keep).CopyTo(file);
                Check(file);
            }
        }
    }

    public static TheoryData<string, Sample> Endless() => new()
    {
        { "boxes of eight bytes", [.. SampleFiles.Box("ftyp", "isom\0\0\0\0"u8.ToArray()), .. Repeat(SampleFiles.Box("free", []), 100_000)] },
        { "tracks without end", [.. SampleFiles.Box("ftyp", "isom\0\0\0\0"u8.ToArray()), .. SampleFiles.Box(
            "moov",
            Repeat(SampleFiles.Box("trak", SampleFiles.Box("mdia", [])), 50_000))] },
        { "fill bytes", [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 2_000_000)] },
        { "empty segments", [0xFF, 0xD8, .. Repeat([0xFF, 0xE2, 0, 2], 500_000)] },
        { "empty chunks", SampleFiles.Riff("WAVE", Repeat([.. "junk"u8, 0, 0, 0, 0], 300_000)) },
        { "tags behind tags", Repeat([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0], 300_000) },
        { "sync without frames", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. Repeat([0xFF, 0xFB, 0x90, 0x00, 0], 400_000)] },
        {
            "elements of two bytes",
            [.. SampleFiles.WebM()[..20], 0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255, .. Repeat([0xEC, 0x80], 500_000)] },
        {
            "EXIF that is never there",
            SampleFiles.Riff("WEBP", [.. SampleFiles.WebPExtended(orientation: 6)[12..30], .. Repeat([.. "ALPH"u8, 0, 0, 0, 0], 200_000)]) },
    };

    [Theory]
    [MemberData(nameof(Endless))]
    public void Work_is_bounded_whatever_the_bytes_claim(string what, Sample file)
    {
        Assert.NotEmpty(what);
        var reads = Check(file.Bytes);
        Assert.InRange(reads.Bytes, 0, ProbeWindow.MostBytes + ProbeWindow.LongestPiece);
        Assert.InRange(reads.Count, 0, ProbeWindow.MostReads);
    }

    // Facts may be wrong for wrong bytes, but never impossible.
    private static CountingBytes Check(byte[] file)
    {
        CountingBytes source = new(file);
        var facts = MediaProbe.Read(source);
        Assert.True(facts.Width is null or > 0);
        Assert.True(facts.Height is null or > 0);
        Assert.Equal(facts.Width is null, facts.Height is null);
        Assert.True(facts.Duration is null or > 0 and < double.PositiveInfinity);
        Assert.True(facts.FrameRate is null or > 0 and < double.PositiveInfinity);
        return source;
    }

    private static byte[] Repeat(byte[] piece, int times) => [.. Enumerable.Repeat(piece, times).SelectMany(bytes => bytes)];

    private sealed class CountingBytes(byte[] file) : MediaBytes
    {
        private readonly MemoryBytes _inner = new(file);

        public long Bytes { get; private set; }

        public int Count { get; private set; }

        public override long? Length => _inner.Length;

        public override int Read(long offset, Span<byte> buffer)
        {
            var read = _inner.Read(offset, buffer);
            Count++;
            Bytes += read;
            return read;
        }

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
            => ValueTask.FromResult(Read(offset, buffer.Span));
    }
}
