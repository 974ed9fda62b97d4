using Fal.Wire;

namespace Fal.Tests.Wire;

/// <summary>What the generator reads from references by name must keep its shape.</summary>
public sealed class EmittedAttributeTests
{
    [Fact]
    public void It_keeps_what_emitted_code_says()
    {
        var emitted = new FalEmittedAttribute("Fal.KlingVideo", "fal-ai/kling-video/v1/tts", "0123", "V1TtsClient", "TTSInput 4567",
            "TTSOutput 89ab");
        Assert.Equal(
            ("Fal.KlingVideo", "fal-ai/kling-video/v1/tts", "0123", "V1TtsClient"),
            (emitted.NamespaceName, emitted.EndpointId, emitted.DocumentHash, emitted.Client));
        Assert.Equal(["TTSInput 4567", "TTSOutput 89ab"], emitted.Types);
    }
}
