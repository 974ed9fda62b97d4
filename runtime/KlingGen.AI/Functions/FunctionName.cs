namespace Fal;

/// <summary>Function names. Models accept letters, digits, underscores and hyphens, at most 64 characters.</summary>
internal static class FunctionName
{
    private const int MaxLength = 64;
    private const string DefaultOwner = "fal-ai/";

    /// <summary>
    /// Creates a name from an endpoint id without the owner <c>fal-ai</c>. A long id is truncated at its start, because its
    /// end contains the version and the task.
    /// </summary>
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
