using System.Diagnostics;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>An image that fal produced or stores.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalObjectConverter<FalImage>))]
public record FalImage : FalFile, IFalObject<FalImage>
{
    /// <summary>The width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels.</summary>
    public int? Height { get; init; }

    static FalImage IFalObject<FalImage>.Read(ref FalJsonReader json)
    {
        string? url = null, contentType = null, fileName = null, fileData = null;
        long? fileSize = null;
        int? width = null, height = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("url"u8)) url = json.String();
            else if (json.Is("content_type"u8)) contentType = json.String();
            else if (json.Is("file_name"u8)) fileName = json.String();
            else if (json.Is("file_size"u8)) fileSize = json.Integer();
            else if (json.Is("file_data"u8)) fileData = json.String();
            else if (json.Is("width"u8)) width = json.Int32();
            else if (json.Is("height"u8)) height = json.Int32();
            else json.Skip();
        }

        return json.Attach(new FalImage
        {
            Url = json.Required(url, "url"),
            ContentType = contentType,
            FileName = fileName,
            FileSize = fileSize,
            FileData = fileData,
            Width = width,
            Height = height,
        });
    }

    void IFalObject<FalImage>.Write(FalJsonWriter json)
    {
        json.StartObject();
        WriteMembers(json);
        json.Integer("width"u8, Width);
        json.Integer("height"u8, Height);
        json.EndObject();
    }

    void IFalObject<FalImage>.Check(FalChecks checks) => checks.Required("url", Url);

    void IFalWritable.WriteTo(FalJsonWriter json) => ((IFalObject<FalImage>)this).Write(json);

    /// <summary>Whether <paramref name="other"/> has the same type and equal values.</summary>
    public virtual bool Equals(FalImage? other) => FalValue.Equals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => FalValue.GetHashCode(this);

    /// <summary>The image as JSON, its content shortened.</summary>
    public override string ToString() => FalValue.ToString(this);
}
