#nullable enable

namespace Fal.Tests.Wire;

using global::System.Collections.Generic;
using global::Fal;
using global::Fal.Wire;

/// <summary>A result in the shape that the generator emits, with a file type of its own.</summary>
public sealed partial record TextToClipResult : IFalObject<TextToClipResult>
{
    public required VideoFile Clip { get; init; }

    public IReadOnlyList<FalImage>? Frames { get; init; }

    public long? Seed { get; init; }

    public FalRawJson Raw { get; init; }

    /// <summary>The call that brought this result, what it cost and how long it took; null where no call did.</summary>
    public FalCallInfo? Call { get; init; }

    static TextToClipResult IFalObject<TextToClipResult>.Read(ref FalJsonReader json)
    {
        var raw = json.Raw();
        VideoFile? clip = null;
        List<FalImage>? frames = null;
        long? seed = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("clip"u8)) clip = json.Object<VideoFile>();
            else if (json.Is("frames"u8))
            {
                if (json.StartArray()) frames = new List<FalImage>();
                while (json.NextElement()) frames!.Add(json.Required(json.Object<FalImage>(), "frames"));
            }
            else if (json.Is("seed"u8)) seed = json.Integer();
            else json.Skip();
        }

        return new() { Clip = json.Required(clip, "clip"), Frames = frames, Seed = seed, Raw = raw, Call = json.Call };
    }

    void IFalObject<TextToClipResult>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.Object("clip"u8, Clip);
        if (Frames is { } frames)
        {
            json.Name("frames"u8);
            json.StartArray();
            foreach (var element in frames) json.ObjectValue(element);
            json.EndArray();
        }

        json.Integer("seed"u8, Seed);
        json.EndObject();
    }

    void IFalObject<TextToClipResult>.Check(FalChecks checks)
    {
        checks.Required("clip", Clip);
        checks.Object("clip", Clip);
        checks.Objects("frames", Frames);
    }

    public bool Equals(TextToClipResult? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}

public sealed partial record VideoFile : FalFile, IFalObject<VideoFile>
{
    public double? Fps { get; init; }

    static VideoFile IFalObject<VideoFile>.Read(ref FalJsonReader json)
    {
        string? url = null, contentType = null, fileName = null, fileData = null;
        long? fileSize = null;
        double? fps = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("url"u8)) url = json.String();
            else if (json.Is("content_type"u8)) contentType = json.String();
            else if (json.Is("file_name"u8)) fileName = json.String();
            else if (json.Is("file_size"u8)) fileSize = json.Integer();
            else if (json.Is("file_data"u8)) fileData = json.String();
            else if (json.Is("fps"u8)) fps = json.Number();
            else json.Skip();
        }

        return json.Attach(new VideoFile
        {
            Url = json.Required(url, "url"),
            ContentType = contentType,
            FileName = fileName,
            FileSize = fileSize,
            FileData = fileData,
            Fps = fps,
        });
    }

    void IFalObject<VideoFile>.Write(FalJsonWriter json)
    {
        json.StartObject();
        json.String("url"u8, Url);
        json.String("content_type"u8, ContentType);
        json.String("file_name"u8, FileName);
        json.Integer("file_size"u8, FileSize);
        json.String("file_data"u8, FileData);
        json.Number("fps"u8, Fps);
        json.EndObject();
    }

    void IFalObject<VideoFile>.Check(FalChecks checks) => checks.Required("url", Url);

    public bool Equals(VideoFile? other) => FalValue.Equals(this, other);

    public override int GetHashCode() => FalValue.GetHashCode(this);

    public override string ToString() => FalValue.ToString(this);
}
