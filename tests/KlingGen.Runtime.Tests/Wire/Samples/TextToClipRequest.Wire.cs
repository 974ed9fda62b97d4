#nullable enable

namespace Fal.Tests.Wire;

using global::System;
using global::System.Collections.Generic;
using global::System.Text.Json;
using global::Fal;
using global::Fal.Wire;

partial record TextToClipRequest
{
    static TextToClipRequest IFalObject<TextToClipRequest>.Read(ref FalJsonReader json)
    {
        string? prompt = null;
        ClipDuration? duration = null;
        double? guidance = null;
        Int128? seed = null;
        FalMedia? imageUrl = null;
        IReadOnlyList<FalMedia>? maskUrls = null;
        FrameSize? frameSize = null;
        IReadOnlyList<ClipShot>? shots = null;
        IReadOnlyDictionary<string, double>? weights = null;
        JsonElement? metadata = null;
        bool? loop = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("prompt"u8)) prompt = json.String();
            else if (json.Is("duration"u8)) duration = ClipDurationWords.Read(ref json);
            else if (json.Is("guidance"u8)) guidance = json.Number();
            else if (json.Is("seed"u8)) seed = json.Wide();
            else if (json.Is("image_url"u8)) imageUrl = json.Media();
            else if (json.Is("mask_urls"u8)) maskUrls = json.List(static (ref FalJsonReader j) => j.Item(j.Media()));
            else if (json.Is("frame_size"u8)) frameSize = json.Object<FrameSize>();
            else if (json.Is("shots"u8)) shots = json.List(static (ref FalJsonReader j) => j.Item(j.Object<ClipShot>()));
            else if (json.Is("weights"u8)) weights = json.Map(static (ref FalJsonReader j) => j.Item(j.Number()));
            else if (json.Is("metadata"u8)) metadata = json.Json();
            else if (json.Is("loop"u8)) loop = json.Boolean();
            else json.Skip();
        }

        return new()
        {
            Prompt = json.Required(prompt, "prompt"),
            Duration = duration,
            Guidance = guidance,
            Seed = seed,
            ImageUrl = imageUrl,
            MaskUrls = maskUrls,
            FrameSize = frameSize,
            Shots = shots,
            Weights = weights,
            Metadata = metadata,
            Loop = loop,
        };
    }

    void IFalObject<TextToClipRequest>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.String("prompt"u8, Prompt);
        json.Word("duration"u8, ClipDurationWords.Of(Duration));
        json.Number("guidance"u8, Guidance);
        json.Wide("seed"u8, Seed);
        json.Media("image_url"u8, ImageUrl);
        json.List("mask_urls"u8, MaskUrls, static (j, item) => j.MediaValue(item));
        json.Object("frame_size"u8, FrameSize);
        json.List("shots"u8, Shots, static (j, item) => j.ObjectValue(item));
        json.Map("weights"u8, Weights, static (j, item) => j.NumberValue(item));
        json.Json("metadata"u8, Metadata);
        json.Boolean("loop"u8, Loop);
        json.Extra(Extra);
        json.EndObject();
    }

    void IFalObject<TextToClipRequest>.Check(FalChecks checks)
    {
        checks.Required("prompt", Prompt);
        checks.Length("prompt", Prompt, min: 1, max: 500);
        checks.Defined("duration", Duration is null || !ClipDurationWords.Of(Duration).IsEmpty, Duration);
        checks.Number("guidance", Guidance, min: 0, max: 1);
        checks.Integer("seed", Seed, min: 0, max: (Int128)18446744073709551615UL);
        checks.Media("image_url", ImageUrl, new FalMediaConstraints { Kind = FalMediaKind.Image, MaxBytes = 10_000_000 });
        checks.Count("mask_urls", MaskUrls, max: 3);
        checks.EachMedia("mask_urls", MaskUrls);
        checks.Object("frame_size", FrameSize);
        checks.Objects("shots", Shots);
        checks.EachOf("weights", Weights, static (c, key, value) => c.Number(key, value, min: 0, max: 2));
    }

    public bool Equals(TextToClipRequest? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}

partial record ClipShot
{
    static ClipShot IFalObject<ClipShot>.Read(ref FalJsonReader json)
    {
        string? text = null;
        int? seconds = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("text"u8)) text = json.String();
            else if (json.Is("seconds"u8)) seconds = json.Int32();
            else json.Skip();
        }

        return new() { Text = json.Required(text, "text"), Seconds = json.Required(seconds, "seconds") };
    }

    void IFalObject<ClipShot>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.String("text"u8, Text);
        json.Integer("seconds"u8, Seconds);
        json.EndObject();
    }

    void IFalObject<ClipShot>.Check(FalChecks checks)
    {
        checks.Required("text", Text);
        checks.Integer("seconds", Seconds, min: 1, max: 15);
    }

    public bool Equals(ClipShot? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}

internal static class ClipDurationWords
{
    public static ReadOnlySpan<byte> Of(ClipDuration? value) => value switch
    {
        ClipDuration.Duration5 => "5"u8,
        ClipDuration.Duration10 => "10"u8,
        ClipDuration.LetsRide => "let's_ride"u8,
        _ => default,
    };

    public static ClipDuration? Read(ref FalJsonReader json)
    {
        if (json.TextIs("5"u8)) return ClipDuration.Duration5;
        if (json.TextIs("10"u8)) return ClipDuration.Duration10;
        if (json.TextIs("let's_ride"u8)) return ClipDuration.LetsRide;
        json.Skip();
        return null;
    }
}
