using Fal.Acme.Lumen;

namespace Library;

/// <summary>A library that has the package and shows its types.</summary>
public static class Clips
{
    /// <summary>A request for others.</summary>
    public static TextToClipRequest Heron() => TextToClipRequest.Example();
}
