using System.Text.Json;
using Fal.Wire;

namespace Fal.Jobs;

/// <summary>The body of a request with a key: what makes it the same as another one, and what is sent.</summary>
internal sealed class OnceBody<TRequest>
    where TRequest : class, IFalObject<TRequest>
{
    private readonly TRequest _request;
    private readonly Dictionary<FalMedia, string> _hashes = new(ReferenceEqualityComparer.Instance);

    private OnceBody(TRequest request) => _request = request;

    /// <summary>Reads the local media of a request.</summary>
    public static async Task<OnceBody<TRequest>> ReadAsync(TRequest request, CancellationToken cancellationToken)
    {
        var body = new OnceBody<TRequest>(request);
        FalJson.Write(request, media => body._hashes[media] = "");
        foreach (var media in body._hashes.Keys.ToList())
            body._hashes[media] = await media.ComputeSha256Async(cancellationToken).ConfigureAwait(false);
        return body;
    }

    public async Task<IReadOnlyDictionary<FalMedia, string>> UploadAsync(FalFiles files, CancellationToken cancellationToken)
    {
        var urls = new Dictionary<FalMedia, string>(ReferenceEqualityComparer.Instance);
        foreach (var media in _hashes.Keys)
            urls[media] = (await files.UploadAsync(media, cancellationToken: cancellationToken).ConfigureAwait(false)).AbsoluteUri;
        return urls;
    }

    /// <summary>The body with the URLs of its media, in the form in which it is stored and sent.</summary>
    public string Write(IReadOnlyDictionary<FalMedia, string> urls) => WireBody.Make(FalJson.Write(_request, media => urls[media]), [], _ => "");

    /// <summary>The entry to add; without URLs, one to compare with.</summary>
    public FalNewEntry ToEntry(string batch, string key, string endpointId, IReadOnlyDictionary<FalMedia, string>? urls)
    {
        var identity = Parse(FalJson.Write(_request, media => "sha256:" + _hashes[media]));
        return new FalNewEntry(batch, key, endpointId, urls is null ? identity : Parse(Write(urls)), identity, null, null);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
