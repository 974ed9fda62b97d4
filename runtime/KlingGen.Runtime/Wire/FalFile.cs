using System.Diagnostics;
using System.Text.Json.Serialization;
using Fal.Wire;

namespace Fal;

/// <summary>A file that fal produced or stores.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalObjectConverter<FalFile>))]
public partial record FalFile : IFalObject<FalFile>
{
    /// <summary>The URL of the file.</summary>
    public required string Url { get; init; }

    /// <summary>The content type of the file: <c>video/mp4</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>The size in bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>The content as base64, if the server includes it.</summary>
    public string? FileData { get; init; }

    /// <summary>The origin of the file, for its download.</summary>
    internal FalReadContext? Context { get; set; }

    static FalFile IFalObject<FalFile>.Read(ref FalJsonReader json)
    {
        string? url = null, contentType = null, fileName = null, fileData = null;
        long? fileSize = null;
        json.StartObject();
        while (json.NextMember())
        {
            if (json.Is("url"u8)) url = json.String();
            else if (json.Is("content_type"u8)) contentType = json.String();
            else if (json.Is("file_name"u8)) fileName = json.String();
            else if (json.Is("file_size"u8)) fileSize = json.Integer();
            else if (json.Is("file_data"u8)) fileData = json.String();
            else json.Skip();
        }

        return json.Attach(new FalFile
        {
            Url = json.Required(url, "url"),
            ContentType = contentType,
            FileName = fileName,
            FileSize = fileSize,
            FileData = fileData,
        });
    }

    void IFalObject<FalFile>.Write(FalJsonWriter json)
    {
        json.StartObject();
        WriteMembers(json);
        json.EndObject();
    }

    void IFalObject<FalFile>.Check(FalChecks checks) => checks.Required("url", Url);

    // Derived files have an interface of their own, whose default implementation would conflict with this one.
    void IFalWritable.WriteTo(FalJsonWriter json) => ((IFalObject<FalFile>)this).Write(json);

    /// <summary>Whether <paramref name="other"/> has the same type and equal values.</summary>
    public virtual bool Equals(FalFile? other) => FalValue.Equals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => FalValue.GetHashCode(this);

    /// <summary>The file as JSON, its content shortened.</summary>
    public override string ToString() => FalValue.ToString(this);

    private protected void WriteMembers(FalJsonWriter json)
    {
        json.String("url"u8, Url);
        json.String("content_type"u8, ContentType);
        json.String("file_name"u8, FileName);
        json.Integer("file_size"u8, FileSize);
        json.String("file_data"u8, FileData);
    }
}
