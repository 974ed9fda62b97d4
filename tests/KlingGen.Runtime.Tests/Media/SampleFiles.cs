using System.Buffers.Binary;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fal.Tests.Media;

/// <summary>
/// Bytes as test data. Arrays would be written into the tests' names, element by element, which takes longer than the tests.
/// </summary>
[CollectionBuilder(typeof(Sample), nameof(Of))]
public sealed class Sample(byte[] bytes) : IEnumerable<byte>
{
    /// <summary>The bytes themselves.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>The bytes as a sample.</summary>
    public static implicit operator Sample(byte[] bytes) => new(bytes);

    /// <summary>What a collection expression becomes.</summary>
    public static Sample Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <inheritdoc/>
    public IEnumerator<byte> GetEnumerator() => ((IEnumerable<byte>)Bytes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Small files of every sort that probes read, made by hand: headers that are true, content that is not there.</summary>
internal static class SampleFiles
{
    public static byte[] Png(uint width = 640, uint height = 480)
        => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. B32(13), .. "IHDR"u8, .. B32(width), .. B32(height), 8, 6, 0, 0, 0, 1, 2, 3, 4];

    public static byte[] Gif(ushort width = 320, ushort height = 200) => [.. "GIF89a"u8, .. L16(width), .. L16(height), 0, 0, 0, 0x3B];

    public static byte[] Bmp(int width = 100, int height = -50)
        => [.. "BM"u8, .. L32(1000), .. L32(0), .. L32(54), .. L32(40), .. L32((uint)width), .. L32((uint)height), 1, 0, 24, 0];

    public static byte[] OldBmp(ushort width, ushort height)
        => [.. "BM"u8, .. L32(1000), .. L32(0), .. L32(26), .. L32(12), .. L16(width), .. L16(height), 1, 0, 24, 0];

    /// <summary>A JPEG with an application segment, tables and, if asked for, an EXIF orientation.</summary>
    public static byte[] Jpeg(ushort width = 1024, ushort height = 768, int orientation = 0, bool bigEndianExif = true, byte frame = 0xC0)
    {
        var exif = orientation == 0 ? [] : Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation, bigEndianExif)]);
        return
        [
            0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. exif, .. Segment(0xDB, new byte[65]), 0xFF,
            .. Segment(frame, [8, .. B16(height), .. B16(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]), .. Segment(
                0xDA,
                new byte[10]), 1, 2, 3, 0xFF, 0xD9,
        ];
    }

    /// <summary>A TIFF structure with one other tag and the orientation.</summary>
    public static byte[] Exif(int orientation, bool big)
    {
        byte[] U16(int v) => big ? B16((ushort)v) : L16((ushort)v);
        byte[] U32(int v) => big ? B32((uint)v) : L32((uint)v);
        return
        [
            .. big
                ? "MM\0*"u8
                : "II*\0"u8, .. U32(8), .. U16(2), .. U16(0x010F), .. U16(2), .. U32(4), .. U32(0), .. U16(0x0112), .. U16(3), .. U32(1),
            .. U16(orientation), 0, 0, .. U32(0),
        ];
    }

    public static byte[] WebPLossy(ushort width = 550, ushort height = 368)
        => Riff("WEBP", [.. "VP8 "u8, .. L32(10), 0x10, 0, 0, 0x9D, 0x01, 0x2A, .. L16(width), .. L16((ushort)(height | 0x4000))]);

    public static byte[] WebPLossless(uint width = 386, uint height = 395)
        => Riff("WEBP", [.. "VP8L"u8, .. L32(5), 0x2F, .. L32((width - 1) | (height - 1) << 14), 0]);

    public static byte[] WebPExtended(int width = 4000, int height = 3000, int orientation = 0)
    {
        byte[] exif = orientation == 0 ? [] : Exif(orientation, big: false);
        byte[] chunk = orientation == 0 ? [] : [.. "EXIF"u8, .. L32((uint)exif.Length), .. exif];
        return Riff("WEBP",
        [
            .. "VP8X"u8, .. L32(10), (byte)(orientation == 0
                ? 0
                : 8), 0, 0, 0, .. L24(width - 1), .. L24(height - 1), .. "ALPH"u8, .. L32(3), 1, 2, 3, 0, .. chunk,
        ]);
    }

    public static byte[] Riff(string form, byte[] body) => [.. "RIFF"u8, .. L32((uint)body.Length + 4), .. Encoding.ASCII.GetBytes(form), .. body];

    /// <summary>An AVIF or HEIC file whose largest item has this size.</summary>
    public static byte[] Heif(string brand = "avif", uint width = 1920, uint height = 1080, bool turned = false)
        =>
        [
            .. Box("ftyp", [.. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(brand), .. "miaf"u8]),
            .. Box("meta",
            [
                0, 0, 0, 0, .. Box("hdlr", new byte[24]),
                .. Box("iprp", Box("ipco",
                [
                    .. Box("ispe", [0, 0, 0, 0, .. B32(160), .. B32(160)]), .. Box("ispe", [0, 0, 0, 0, .. B32(width), .. B32(height)]),
                    .. turned ? Box("irot", [1]) : [],
                ])),
            ]),
        ];

    public static byte[] Wav(double seconds = 2, uint bytesPerSecond = 16000, bool unknownSize = false, bool rf64 = false)
    {
        var bytes = (uint)(seconds * bytesPerSecond);
        var size = unknownSize || rf64 ? uint.MaxValue : bytes;
        byte[] body =
        [
            .. rf64 ? [.. "ds64"u8, .. L32(28), .. L64(bytes + 100), .. L64(bytes), .. L64(0), .. L32(0)] : Array.Empty<byte>(),
            .. "fmt "u8, .. L32(16), 1, 0, 1, 0, .. L32(8000), .. L32(bytesPerSecond), 2, 0, 16, 0, .. "LIST"u8, .. L32(
                3), 1, 2, 3, 0, .. "data"u8, .. L32(size), .. new byte[bytes],
        ];
        return rf64 ? [.. "RF64"u8, .. L32(uint.MaxValue), .. "WAVE"u8, .. body] : Riff("WAVE", body);
    }

    /// <summary>MPEG-1 layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes, without a count unless <paramref name="mark"/> names one.</summary>
    public static byte[] Mp3(int frames = 100, string? mark = null, uint counted = 0, bool id3 = false, bool id3v1 = false)
    {
        var file = new List<byte>();
        if (id3) file.AddRange([.. "ID3"u8, 4, 0, 0, 0, 0, 1, 0, .. new byte[128]]);
        for (var i = 0; i < frames; i++)
        {
            var frame = new byte[417];
            new byte[] { 0xFF, 0xFB, 0x90, 0x00 }.CopyTo(frame, 0);
            if (i == 0 && mark is "Xing" or "Info")
            {
                byte[] head = [.. Encoding.ASCII.GetBytes(mark), 0, 0, 0, 1, .. B32(counted)];
                head.CopyTo(frame, 36);
            }
            else if (i == 0 && mark == "VBRI")
            {
                byte[] head = [.. "VBRI"u8, 0, 1, 0, 0, 0, 0, .. B32(1000), .. B32(counted)];
                head.CopyTo(frame, 36);
            }
            file.AddRange(frame);
        }
        if (id3v1) file.AddRange([.. "TAG"u8, .. new byte[125]]);
        return [.. file];
    }

    public static byte[] Flac(ulong rate = 48000, ulong samples = 480000)
        => [.. "fLaC"u8, 0, 0, 0, 34, .. new byte[10], .. B64(rate << 44 | 1UL << 41 | 15UL << 36 | samples), .. new byte[16]];

    /// <summary>WebM with duration, one sound track and one video track.</summary>
    public static byte[] WebM(
        ushort width = 1280,
        ushort height = 720,
        double milliseconds = 5000,
        bool wide = true,
        bool unknownSizes = false,
        string type = "webm")
    {
        byte[] info = Element([0x15, 0x49, 0xA9, 0x66],
        [
            .. Element([0x2A, 0xD7, 0xB1], [0x0F, 0x42, 0x40]),
            .. Element(
                [0x44, 0x89],
                wide ? B64(BitConverter.DoubleToUInt64Bits(milliseconds)) : B32(BitConverter.SingleToUInt32Bits((float)milliseconds))),
        ]);
        byte[] tracks = Element([0x16, 0x54, 0xAE, 0x6B],
        [
            .. Element([0xAE], Element([0xD7], [1])),
            .. Element([0xAE], [.. Element([0x23, 0xE3, 0x83], B32(40_000_000)), .. Element(
                [0xE0],
                [.. Element([0xB0], B16(width)), .. Element([0xBA], B16(height))])]),
        ]);
        byte[] cluster = Element([0x1F, 0x43, 0xB6, 0x75], new byte[20]);
        byte[] content = [.. Element([0xEC], new byte[3]), .. info, .. tracks, .. cluster];
        return
        [
            .. Element([0x1A, 0x45, 0xDF, 0xA3], Element([0x42, 0x82], Encoding.ASCII.GetBytes(type))),
            .. unknownSizes
                ? [0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. content]
                : Element([0x18, 0x53, 0x80, 0x67], content),
        ];
    }

    public static byte[] Box(string type, byte[] body) => [.. B32((uint)body.Length + 8), .. Encoding.ASCII.GetBytes(type), .. body];

    public static byte[] B16(ushort v) => [(byte)(v >> 8), (byte)v];

    public static byte[] B32(uint v) { var b = new byte[4]; BinaryPrimitives.WriteUInt32BigEndian(b, v); return b; }

    public static byte[] B64(ulong v) { var b = new byte[8]; BinaryPrimitives.WriteUInt64BigEndian(b, v); return b; }

    private static byte[] L16(ushort v) => [(byte)v, (byte)(v >> 8)];

    private static byte[] L24(int v) => [(byte)v, (byte)(v >> 8), (byte)(v >> 16)];

    private static byte[] L32(uint v) { var b = new byte[4]; BinaryPrimitives.WriteUInt32LittleEndian(b, v); return b; }

    private static byte[] L64(ulong v) { var b = new byte[8]; BinaryPrimitives.WriteUInt64LittleEndian(b, v); return b; }

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, .. B16((ushort)(body.Length + 2)), .. body];

    // Sizes in two bytes are enough here.
    private static byte[] Element(byte[] id, byte[] body) => [.. id, (byte)(0x40 | body.Length >> 8), (byte)body.Length, .. body];
}
