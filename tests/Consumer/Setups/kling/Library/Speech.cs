using Fal.KlingVideo;

namespace Library;

/// <summary>Makes requests.</summary>
public static class Speech
{
    /// <summary>A sentence.</summary>
    public static TTSInput Say(string text) => TTSInput.Example() with { Text = text };
}
