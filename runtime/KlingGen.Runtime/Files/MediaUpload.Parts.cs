using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fal.Wire;

namespace Fal.Media;

/// <content>Multipart upload: parts are uploaded in parallel, then a last call completes the upload.</content>
internal sealed partial class MediaUpload
{
    private const int MostParts = 10_000;
    private readonly ConcurrentBag<byte[]> _freeBuffers = [];

    /// <summary>A part: a slice of the media file, or a piece of a stream in its own buffer.</summary>
    private readonly record struct Slice(int Number, long Offset, long Length, byte[]? Buffer);

    private async Task<string> SendPartsAsync(IAsyncEnumerable<Slice> slices, long? length, CancellationToken ct)
    {
        var ticket = await UploadTicket.GetAsync(_transport, multipart: true, _contentType, _fileName, _lifecycle, ct).ConfigureAwait(false);
        var meter = new UploadMeter(_progress, length);
        var tags = new ConcurrentDictionary<int, string>();
        long sent = 0;
        // The next slice is created only when a worker is free, so that there are not more filled buffers than workers.
        var options = new ParallelOptions { MaxDegreeOfParallelism = _settings.ParallelParts, CancellationToken = ct };
        await Parallel.ForEachAsync(slices, options, async (slice, token) =>
        {
            tags[slice.Number] = await SendPartAsync(ticket, slice, meter.NewPart(), token).ConfigureAwait(false);
            Interlocked.Add(ref sent, slice.Length);
            if (slice.Buffer is { } buffer) _freeBuffers.Add(buffer);
        }).ConfigureAwait(false);
        await CompleteAsync(ticket, tags, sent, ct).ConfigureAwait(false);
        meter.Finish(sent);
        _sent = sent;
        return ticket.FileUrl;
    }

    private async Task<string> SendPartAsync(UploadTicket ticket, Slice slice, UploadMeter.Part meter, CancellationToken ct)
    {
        var number = slice.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var source = slice.Buffer is { } buffer ? new MemoryBytes(buffer.AsMemory(0, (int)slice.Length)) : _source;
        var offset = slice.Buffer is null ? slice.Offset : 0;
        using var response = await PutAsync(
            ticket.Below(number), () => new MediaContent(source, offset, slice.Length, meter), "part " + number, ct).ConfigureAwait(false);
        return TagOf(BufferedContent.GetBody(response).Span)
            ?? (response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : null)
            ?? throw new FalFileException(
                $"Uploading {_media} failed at part {number}: the answer has no etag, without which the parts cannot be put together.");
    }

    private static string? TagOf(ReadOnlySpan<byte> answer)
    {
        try
        {
            return FalJsonText.StringOf(FalJsonText.Parse(answer), "etag");
        }
        catch (JsonException)
        {
            return null; // Storage hosts answer with a header alone.
        }
    }

    private async Task CompleteAsync(UploadTicket ticket, ConcurrentDictionary<int, string> tags, long size, CancellationToken ct)
    {
        var body = PartList(tags);
        try
        {
            using var response = await SendAsync(
                ticket.Below("complete"),
                HttpMethod.Post,
                () => BufferedContent.ForJson(body),
                "putting its parts together",
                ct).ConfigureAwait(false);
        }
        catch (FalFileException ex) when (ex.StatusCode is 400 or 404 or 409)
        {
            // If the first answer was lost, a retry finds the upload closed: the size of the file shows whether it is complete.
            if (!await IsThereAsync(ticket, size, ct).ConfigureAwait(false)) throw;
        }
    }

    private async Task<bool> IsThereAsync(UploadTicket ticket, long size, CancellationToken ct)
    {
        try
        {
            using var response = await _transport.SendElsewhereAsync(new Uri(ticket.FileUrl), HttpMethod.Head, null, FalCallKind.Download, null, ct)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode && response.Content.Headers.ContentLength == size;
        }
        catch (FalException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> PartList(ConcurrentDictionary<int, string> tags)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        // An etag is in quotes; a storage host may not support other escapes of it than that of fal's own client.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("parts"u8);
            for (var number = 1; number <= tags.Count; number++)
            {
                json.WriteStartObject();
                json.WriteNumber("partNumber"u8, number);
                json.WriteString("etag"u8, tags[number]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

#pragma warning disable CS1998 // No await: the slices are ranges of the media, which are read while they are sent.
    private async IAsyncEnumerable<Slice> Slices(long length)
#pragma warning restore CS1998
    {
        var size = PartSizeFor(length);
        var number = 0;
        for (long offset = 0; offset < length; offset += size) yield return new Slice(++number, offset, Math.Min(size, length - offset), null);
    }

    /// <summary>Returns a part size with which a very long file stays within the storage host's maximum number of parts.</summary>
    private long PartSizeFor(long length)
    {
        const long step = 1024 * 1024;
        var needed = (length + MostParts - 1) / MostParts;
        return Math.Max(_settings.PartSize, (needed + step - 1) / step * step);
    }

    private async IAsyncEnumerable<Slice> Pieces(byte[] first, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return new Slice(1, 0, first.Length, first);
        long offset = first.Length;
        for (var number = 2; ; number++)
        {
            if (!_freeBuffers.TryTake(out var buffer)) buffer = new byte[_settings.PartSize];
            var count = await FillAsync(offset, buffer, ct).ConfigureAwait(false);
            if (count == 0) yield break;
            if (number > MostParts)
            {
                throw new FalFileException($"Uploading {_media} failed: it has more than {MostParts} parts. Set FalUploadSettings.PartSize "
                    + "higher, or give a stream that can seek.");
            }
            yield return new Slice(number, offset, count, buffer);
            if (count < buffer.Length) yield break;
            offset += count;
        }
    }
}
