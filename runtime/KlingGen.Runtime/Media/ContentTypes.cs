using KlingGen.Checks;

namespace Fal.Media;

/// <summary>Chooses the content type for an upload.</summary>
internal static class ContentTypes
{
    /// <summary>The type that the bytes show, made more specific by the name if the bytes show only a container that other formats use.</summary>
    public static string? Choose(string? ofBytes, string? name)
    {
        var ofName = ContentTypeTable.OfName(name);
        return ofBytes switch
        {
            null => ofName,
            "application/zip" when ofName is not null && ofName.EndsWith("+zip", StringComparison.Ordinal) => ofName,
            "video/webm" when ofName == "audio/webm" => ofName,
            "video/mp4" when ofName == "audio/mp4" => ofName,
            _ => ofBytes,
        };
    }

    /// <summary>Whether bytes of this type are recognized, so that unrecognized bytes cannot be of this type.</summary>
    public static bool IsRecognizable(string contentType) => ContentTypeTable.Bare(contentType) switch
    {
        "image/svg+xml" or "text/plain" or "text/csv" or "application/json" => false,
        "model/gltf+json" or "model/obj" or "model/stl" or "model/ply" => false,
        _ => ContentTypeTable.ExtensionOf(contentType) != ".bin",
    };

    /// <summary>Whether bytes of one type can belong to a file of the other. Compares kinds, because audio and images share containers.</summary>
    public static bool CanBe(string detected, string expected)
    {
        var (found, wanted) = (ContentTypeTable.KindOf(detected), ContentTypeTable.KindOf(expected));
        return found == wanted || wanted == MediaKind.Any
            || (found is MediaKind.Audio or MediaKind.Video && wanted is MediaKind.Audio or MediaKind.Video);
    }

    /// <summary>Whether a string is a content type that is valid in a header: type/subtype, optional parameters, printable ASCII.</summary>
    public static bool IsWellFormed(string contentType)
        => !contentType.AsSpan().ContainsAnyExceptInRange(' ', '~') && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out _);
}
