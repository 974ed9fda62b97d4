using KlingGen.Checks;

namespace Fal.Media;

/// <summary>Decides which content type a file is sent with.</summary>
internal static class ContentTypes
{
    /// <summary>What the bytes show, made more exact by the name where the bytes show only a container that others build upon.</summary>
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

    /// <summary>Whether bytes of this type are recognized, so that bytes which are not cannot be of this type.</summary>
    public static bool IsRecognizable(string contentType) => ContentTypeTable.Bare(contentType) switch
    {
        "image/svg+xml" or "text/plain" or "text/csv" or "application/json" => false,
        "model/gltf+json" or "model/obj" or "model/stl" or "model/ply" => false,
        _ => ContentTypeTable.ExtensionOf(contentType) != ".bin",
    };

    /// <summary>Whether bytes of one type can belong to a file of the other: by kind, as sound and pictures share containers.</summary>
    public static bool CanBe(string detected, string expected)
    {
        var (found, wanted) = (ContentTypeTable.KindOf(detected), ContentTypeTable.KindOf(expected));
        return found == wanted || wanted == MediaKind.Any
            || (found is MediaKind.Audio or MediaKind.Video && wanted is MediaKind.Audio or MediaKind.Video);
    }

    /// <summary>Whether the text is a content type that may travel in a header: type/subtype, perhaps with parameters, printable ASCII.</summary>
    public static bool IsWellFormed(string contentType)
    {
        foreach (var c in contentType)
        {
            if (c is < ' ' or > '~') return false;
        }
        return System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out _);
    }
}
