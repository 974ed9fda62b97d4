namespace Fal.Emulation;

/// <summary>The URLs of the emulator's hosts.</summary>
internal sealed record EmulatorAddresses(Uri Queue, Uri Run, Uri Rest, Uri Media, Uri Platform)
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:0");

    /// <summary>The URLs before the server listens.</summary>
    public static EmulatorAddresses None { get; } = new(Nowhere, Nowhere, Nowhere, Nowhere, Nowhere);
}
