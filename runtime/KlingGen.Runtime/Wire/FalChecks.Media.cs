using System.Diagnostics.CodeAnalysis;
using KlingGen.Checks;

namespace Fal.Wire;

public sealed partial class FalChecks
{
    private readonly List<FalMediaCheck> _media = [];

    /// <summary>The media met, whose own headers are read before anything is uploaded.</summary>
    internal IReadOnlyList<FalMediaCheck> MediaToCheck => _media;

    /// <summary>The URL of a medium; the constraints on a local file are checked before it is uploaded.</summary>
    public void Media(string name, FalMedia? value, FalMediaConstraints? constraints = null)
    {
        if (value is null)
            return;
        // An empty string is what documents give as the default of a property that is not used.
        if (value.Url is "")
            return;
        if (value.Url is { } url && ValueRules.MediaUrl(url) is { } violation)
        {
            Report(name, violation);
            return;
        }

        _media.Add(new(PathOf(name), value, constraints));
    }

    /// <summary>The length of a medium's URL. A local file has no URL yet.</summary>
    public void UrlLength(string name, FalMedia? value, int min = 0, int max = int.MaxValue) => Length(name, UsedUrl(value), min, max);

    /// <summary>The pattern of a medium's URL. A local file has no URL yet.</summary>
    public void UrlPattern(string name, FalMedia? value, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
        => Pattern(name, UsedUrl(value), pattern);

    // An empty string stands for a property that is not used.
    private static string? UsedUrl(FalMedia? value) => value?.Url is { Length: > 0 } url ? url : null;

    /// <summary>Each medium of a list. One that is null is a problem.</summary>
    public void EachMedia(string name, IReadOnlyList<FalMedia>? values, FalMediaConstraints? constraints = null)
        => Each(name, values, (checks, index, value) =>
        {
            checks.Required(index, value);
            checks.Media(index, value, constraints);
        });
}

/// <summary>A medium of a request that is still to be looked into.</summary>
internal readonly record struct FalMediaCheck(string Path, FalMedia Media, FalMediaConstraints? Constraints);
