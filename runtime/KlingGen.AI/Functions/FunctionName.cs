namespace Fal;

/// <summary>Names of functions. Models accept letters, digits, underscores and hyphens, at most 64 characters.</summary>
internal static class FunctionName
{
    private const int MaxLength = 64;
    private const string DefaultOwner = "fal-ai/";

    /// <summary>The endpoint's id without fal's own owner; of a longer one its end, which tells versions and tasks apart.</summary>
    public static string FromEndpointId(string endpointId)
    {
        var id = endpointId.StartsWith(DefaultOwner, StringComparison.Ordinal) ? endpointId[DefaultOwner.Length..] : endpointId;
        var name = string.Create(id.Length, id, static (characters, id) =>
        {
            for (var i = 0; i < id.Length; i++) characters[i] = char.IsAsciiLetterOrDigit(id[i]) || id[i] is '-' ? id[i] : '_';
        });
        return name.Length <= MaxLength ? name : name[^MaxLength..];
    }
}
