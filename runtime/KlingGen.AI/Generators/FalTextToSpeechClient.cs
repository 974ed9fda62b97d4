using System.Runtime.CompilerServices;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>Text-to-speech client over an endpoint.</summary>
internal sealed class FalTextToSpeechClient<TRequest, TResult>(
    FalEndpoint<TRequest, TResult> endpoint, RequestSchema schema, FalSubmitOptions? submit) : ITextToSpeechClient
    where TRequest : class, IFalObject<TRequest>
    where TResult : class, IFalObject<TResult>
{
    private const string DefaultType = "audio/mpeg";

    private readonly TextToSpeechClientMetadata _metadata = new("fal", null, endpoint.EndpointId);

    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var members = new RequestMembers(endpoint.EndpointId, schema);
        members.CheckModel(options?.ModelId);
        members.StartWith<TRequest>(options?.RawRepresentationFactory?.Invoke(this));
        members.Set(nameof(text), text, "text");
        members.Set(nameof(options.VoiceId), options?.VoiceId, "voice_id", "voice");
        members.Set(nameof(options.Language), options?.Language, "language_code", "language");
        members.Set(nameof(options.AudioFormat), options?.AudioFormat, "output_format", "audio_format");
        members.Set(nameof(options.Speed), options?.Speed, "voice_speed", "speed");
        members.Set(nameof(options.Pitch), options?.Pitch, "voice_pitch", "pitch");
        members.Set(nameof(options.Volume), options?.Volume, "voice_volume", "volume");
        members.Add(options?.AdditionalProperties);

        var result = await endpoint.RunAsync(members.ToRequest<TRequest>(), submit, cancellationToken).ConfigureAwait(false);
        var files = ResultFiles.Find(ArgumentJson.Parse(FalJson.WriteUtf8(result)), "audio");
        return new TextToSpeechResponse([.. files.Select(static file => ResultFiles.ToContent(file, DefaultType)).OfType<AIContent>()])
        {
            ModelId = endpoint.EndpointId,
            RawRepresentation = result,
        };
    }

    /// <summary>Returns the complete result as updates, because the endpoint creates one file and does not stream it.</summary>
    public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetAudioAsync(text, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToTextToSpeechResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(TextToSpeechClientMetadata)) return _metadata;
        if (serviceType == typeof(FalClient)) return endpoint.Client;
        return serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(endpoint) ? endpoint : null;
    }

    public void Dispose()
    {
        // The caller owns the endpoint's client.
    }
}
