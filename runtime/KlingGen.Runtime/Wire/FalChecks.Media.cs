using System.Diagnostics.CodeAnalysis;
using Fal.Media;
using KlingGen.Checks;

namespace Fal.Wire;

public sealed partial class FalChecks
{
    private readonly List<FalMediaCheck> _media = [];

    /// <summary>The local media and data URIs of the request, whose headers are checked before anything is uploaded.</summary>
    internal IReadOnlyList<FalMediaCheck> MediaToCheck => _media;

    /// <summary>Checks the URL of media; the constraints on a local file are checked before it is uploaded.</summary>
    public void Media(string name, FalMedia? value, FalMediaConstraints? constraints = null)
    {
        if (value is null)
            return;
        // In documents, an empty string is the default of an unused property.
        if (value.Url is "")
            return;
        if (value.Url is { } url && ValueRules.MediaUrl(url) is { } violation)
        {
            Report(name, violation);
            return;
        }

        // fal checks a file that has a URL already.
        if (value.Url is { } remote && !DataUri.Is(remote)) return;
        _media.Add(new(PathOf(name), value, constraints));
    }

    /// <summary>Checks the length of a media URL. A local file has no URL yet.</summary>
    public void UrlLength(string name, FalMedia? value, int min = 0, int max = int.MaxValue) => Length(name, UsedUrl(value), min, max);

    /// <summary>Checks the pattern of a media URL. A local file has no URL yet.</summary>
    public void UrlPattern(string name, FalMedia? value, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
        => Pattern(name, UsedUrl(value), pattern);

    // An empty string means an unused property.
    private static string? UsedUrl(FalMedia? value) => value?.Url is { Length: > 0 } url ? url : null;

    /// <summary>Checks each media value of a list. A null element is a problem.</summary>
    public void EachMedia(string name, IReadOnlyList<FalMedia>? values, FalMediaConstraints? constraints = null)
        => Each(name, values, (checks, index, value) =>
        {
            checks.Required(index, value);
            checks.Media(index, value, constraints);
        });
}

/// <summary>Media of a request whose file is still to be checked.</summary>
internal readonly record struct FalMediaCheck(string Path, FalMedia Media, FalMediaConstraints? Constraints);
