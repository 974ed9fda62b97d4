using System.Text;

namespace Fal.Tests.Transport;

public sealed class MaskingStreamTests
{
    private const string Text = "a secret, secsecret secre secrets: the whole secret-longer secre";

    [Fact]
    public async Task Every_split_of_the_input_masks_the_same_bytes()
    {
        var expected = Text.Replace("secret-longer", new string('*', 13), StringComparison.Ordinal)
            .Replace("secret", "******", StringComparison.Ordinal);
        for (var size = 1; size <= Text.Length; size++) Assert.Equal(expected, await ReadAsync(size, "secret-longer", "secret"));
        Assert.Equal(Text, await ReadAsync(7));
    }

    [Fact]
    public async Task Input_that_cannot_be_a_secret_is_not_held_back()
    {
        using var pieces = new Pieces("data: 1\n\n", 9) { Ends = false };
        using var stream = new MaskingStream(pieces, ["secret"u8.ToArray()]);
        var buffer = new byte[100];
        Assert.Equal(9, await stream.ReadAsync(buffer));
    }

    [Fact]
    public async Task Long_input_keeps_its_length_and_its_other_bytes()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++) text.Append(i % 500 == 0 ? "secret" : "x" + i);
        using var stream = new MaskingStream(new Pieces(text.ToString(), 4099), ["secret"u8.ToArray()]);
        using var reader = new StreamReader(stream);
        Assert.Equal(text.ToString().Replace("secret", "******", StringComparison.Ordinal), await reader.ReadToEndAsync());
    }

    private static async Task<string> ReadAsync(int size, params string[] secrets)
    {
        using var stream = new MaskingStream(new Pieces(Text, size), [.. secrets.Select(Encoding.ASCII.GetBytes)]);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Pieces(string text, int size) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        public bool Ends { get; init; } = true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!Ends && Position == Length) await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
        }
    }
}
