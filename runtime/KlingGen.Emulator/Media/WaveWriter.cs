using System.Buffers.Binary;

namespace Fal.Emulation;

/// <summary>Writer of WAV audio: a soft tone, 16 bits, mono.</summary>
internal static class WaveWriter
{
    public const int SampleRate = 16_000;
    private const int HeaderLength = 44;
    private const double FadeSeconds = 0.02;

    public static byte[] Write(double seconds, double hertz)
    {
        var samples = (int)Math.Round(seconds * SampleRate);
        var wave = new byte[HeaderLength + 2 * samples];
        WriteHeader(wave, 2 * samples);
        for (var i = 0; i < samples; i++)
        {
            // Faded in and out, because a tone that starts or stops at full amplitude clicks.
            var fade = Math.Min(1, Math.Min(i, samples - 1 - i) / (FadeSeconds * SampleRate));
            var value = 0.3 * fade * Math.Sin(2 * Math.PI * hertz * i / SampleRate);
            BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(HeaderLength + 2 * i), (short)Math.Round(value * short.MaxValue));
        }
        return wave;
    }

    private static void WriteHeader(Span<byte> wave, int dataLength)
    {
        "RIFF"u8.CopyTo(wave);
        BinaryPrimitives.WriteInt32LittleEndian(wave[4..], HeaderLength - 8 + dataLength);
        "WAVEfmt "u8.CopyTo(wave[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wave[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wave[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(wave[22..], 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(wave[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wave[28..], 2 * SampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(wave[32..], 2); // bytes per sample
        BinaryPrimitives.WriteInt16LittleEndian(wave[34..], 16);
        "data"u8.CopyTo(wave[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wave[40..], dataLength);
    }
}
