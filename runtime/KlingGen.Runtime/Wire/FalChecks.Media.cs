namespace Fal.Wire;

public sealed partial class FalChecks
{
    private readonly List<FalMediaCheck> _media = [];

    /// <summary>The media met, whose own headers are read before anything is uploaded.</summary>
    internal IReadOnlyList<FalMediaCheck> MediaToCheck => _media;

    /// <summary>A medium and what the endpoint demands of it.</summary>
    public void Media(string name, FalMedia? value, FalMediaConstraints? constraints = null)
    {
        if (value is null)
            return;
        // An empty string is what documents give as the default of a property that is not used.
        if (value.Url is "")
            return;
        if (value.Url is { } url && !FalUrl.IsUsable(url))
        {
            Wrong(name, "url_parsing", $"must be an http or https URL or a data URI, not {FalDisplayText.Quote(url)}; for a local file use FalMedia.FromFile");
            return;
        }

        _media.Add(new(PathOf(name), value, constraints));
    }

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
