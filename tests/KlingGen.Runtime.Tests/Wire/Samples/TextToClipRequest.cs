#nullable enable

namespace Fal.Tests.Wire;

using global::System.Collections.Generic;
using global::System.Text.Json;
using global::Fal;
using global::Fal.Wire;

/// <summary>A request in exactly the shape that the generator emits, at C# 11.</summary>
public sealed partial record TextToClipRequest : IFalObject<TextToClipRequest>
{
    [SpecLength(1, 500)]
    public required string Prompt { get; init; }

    public ClipDuration? Duration { get; init; }

    [SpecRange(0, 1)]
    public double? Guidance { get; init; }

    public global::System.Int128? Seed { get; init; }

    [SpecMedia(FalMediaKind.Image)]
    public FalMedia? ImageUrl { get; init; }

    [SpecCount(0, 3)]
    public IReadOnlyList<FalMedia>? MaskUrls { get; init; }

    public FrameSize? FrameSize { get; init; }

    public IReadOnlyList<ClipShot>? Shots { get; init; }

    public IReadOnlyDictionary<string, double>? Weights { get; init; }

    public JsonElement? Metadata { get; init; }

    public bool? Loop { get; init; }

    public FalExtra? Extra { get; init; }
}

public sealed partial record ClipShot : IFalObject<ClipShot>
{
    public required string Text { get; init; }

    public required int Seconds { get; init; }
}

public enum ClipDuration
{
    Duration5 = 1,
    Duration10,
    LetsRide,
}
