using System.Diagnostics;
using System.Text.Json.Serialization;
using Fal.Media;
using Fal.Wire;

namespace Fal;

/// <summary>A file that fal produced or stores.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(FalObjectConverter<FalFile>))]
public record FalFile : IFalObject<FalFile>
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

    /// <summary>Opens the file for reading. If a connection breaks, the stream continues over another; it throws rather than end early.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops opening; each read has its own token.</param>
    /// <exception cref="FalFileException">The file no longer exists, or exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The file does not come from a result: use <see cref="FalClient.Files"/>.</exception>
    public Task<Stream> OpenAsync(FalDownloadOptions? options = null, CancellationToken cancellationToken = default)
        => Download.OfAsync(this, Download.OpenAsync(TransportFor("fal.Files.OpenAsync(file)"), this, options, cancellationToken));

    /// <summary>Saves the file, and returns the full path of the saved file.</summary>
    /// <param name="path">The target path. If it is an existing folder or ends with a separator, the file is saved there
    /// under its own name, made safe, and never replaces another file.</param>
    /// <param name="options">Limits, and whether a file at <paramref name="path"/> may be replaced.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the download and deletes the temporary file.</param>
    /// <exception cref="FalFileException">The file no longer exists, exceeds a limit, or was not received completely.</exception>
    /// <exception cref="InvalidOperationException">The file does not come from a result: use <see cref="FalClient.Files"/>.</exception>
    public Task<string> SaveAsync(
        string path, FalDownloadOptions? options = null, IProgress<FalDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Download.OfAsync(
            this,
            FileSaver.SaveAsync(TransportFor("fal.Files.SaveAsync(file, path)"), this, path, options, progress, cancellationToken));

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

    // A data URI needs no network, and therefore no client.
    private FalTransport? TransportFor(string call)
        => Context?.Transport ?? (DataUri.Is(Url)
            ? null
            : throw new InvalidOperationException(
                $"This file is not part of a client's answer, so it has no client to download it with. Use {call}."));
}
