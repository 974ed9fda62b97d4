using System.Drawing;
using System.Globalization;
using System.Text.Json.Nodes;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>Image generator over an endpoint that takes a prompt.</summary>
internal sealed class FalImageGenerator<TRequest, TResult>(
    FalEndpoint<TRequest, TResult> endpoint, RequestSchema schema, FalSubmitOptions? submit) : IImageGenerator
    where TRequest : class, IFalObject<TRequest>
    where TResult : class, IFalObject<TResult>
{
    private const string DefaultType = "image/png";

    private readonly ImageGeneratorMetadata _metadata = new("fal", null, endpoint.EndpointId);

    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var members = new RequestMembers(endpoint.EndpointId, schema);
        members.CheckModel(options?.ModelId);
        if (options?.ResponseFormat == ImageGenerationResponseFormat.Hosted)
            throw members.Unsupported(nameof(options.ResponseFormat), "results are URLs or data");
        members.StartWith<TRequest>(options?.RawRepresentationFactory?.Invoke(this));
        members.Set(nameof(request.Prompt), request.Prompt, "prompt");
        members.Set(nameof(options.Count), options?.Count, "num_images");
        if (options?.ImageSize is { } size) SetSize(members, size);
        if (options?.MediaType is { } type) members.SetEnum(nameof(options.MediaType), type, "output_format", Formats(type));
        members.Add(options?.AdditionalProperties);
        await SetImagesAsync(members, request.OriginalImages, cancellationToken).ConfigureAwait(false);

        var result = await endpoint.RunAsync(members.ToRequest<TRequest>(), submit, cancellationToken).ConfigureAwait(false);
        var files = ResultFiles.Find(ArgumentJson.Parse(FalJson.WriteUtf8(result)), "images", "image");
        var contents = new List<AIContent>(files.Count);
        foreach (var file in files)
        {
            var content = options?.ResponseFormat == ImageGenerationResponseFormat.Data
                ? await ResultFiles.DownloadAsync(endpoint.Client, file, options.MediaType ?? DefaultType, cancellationToken).ConfigureAwait(false)
                : ResultFiles.ToContent(file, options?.MediaType ?? DefaultType);
            if (content is not null) contents.Add(content);
        }
        return new ImageGenerationResponse(contents) { RawRepresentation = result };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ImageGeneratorMetadata)) return _metadata;
        if (serviceType == typeof(FalClient)) return endpoint.Client;
        return serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(endpoint) ? endpoint : null;
    }

    public void Dispose()
    {
        // The caller owns the endpoint's client.
    }

    private static string[] Formats(string mediaType) => mediaType switch
    {
        "image/jpeg" => ["jpeg", "jpg"],
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) => [mediaType["image/".Length..]],
        _ => [],
    };

    /// <summary>
    /// Sets the size in pixels if the endpoint has such properties, otherwise the aspect ratio, which must be one of the endpoint's.
    /// </summary>
    private static void SetSize(RequestMembers members, Size size)
    {
        if (members.Schema.Knows("image_size"))
        {
            members.Set("image_size", new JsonObject { ["width"] = size.Width, ["height"] = size.Height });
        }
        else if (members.Schema.Knows("width") && members.Schema.Knows("height"))
        {
            members.Set("width", size.Width);
            members.Set("height", size.Height);
        }
        else
        {
            var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(size.Width, size.Height);
            var (width, height) = divisor == 0 ? (0, 0) : (size.Width / divisor, size.Height / divisor);
            var ratio = string.Create(CultureInfo.InvariantCulture, $"{width}:{height}");
            members.SetEnum(nameof(ImageGenerationOptions.ImageSize), ratio, "aspect_ratio", ratio);
        }
    }

    private async Task SetImagesAsync(RequestMembers members, IEnumerable<AIContent>? images, CancellationToken cancellationToken)
    {
        if (images?.ToArray() is not { Length: > 0 } given) return;
        const string Option = nameof(ImageGenerationRequest.OriginalImages);
        if (members.Schema.FirstKnown("image_urls", "image_url", "start_image_url") is not { } name)
            throw members.Unsupported(Option, "there is no property image_urls or image_url");
        var isList = members.Schema.IsList(name);
        if (!isList && given.Length > 1) throw members.Unsupported(Option, $"{name} takes one image, not {given.Length}");

        // Validated before the first upload.
        if (given.FirstOrDefault(static image => image is not (UriContent or DataContent)) is { } other)
            throw members.Unsupported(Option, $"an image is a UriContent or a DataContent, not {other.GetType().Name}");
        var urls = new JsonArray();
        foreach (var image in given)
        {
            var url = image is UriContent uri ? uri.Uri.AbsoluteUri : await UploadAsync((DataContent)image, cancellationToken).ConfigureAwait(false);
            urls.Add((JsonNode)JsonValue.Create(url));
        }
        members.Set(name, isList ? urls : urls[0]!.DeepClone());
    }

    private async Task<string> UploadAsync(DataContent image, CancellationToken cancellationToken)
    {
        var media = FalMedia.FromBytes(image.Data, image.MediaType, image.Name);
        var url = await endpoint.Client.Files.UploadAsync(media, cancellationToken: cancellationToken).ConfigureAwait(false);
        return url.AbsoluteUri;
    }
}
