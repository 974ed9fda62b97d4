using System.Globalization;
using System.Text;

namespace Fal;

/// <summary>Maps wire names to properties of the request: <c>elements.0.video_url</c> becomes <c>Elements[0].VideoUrl</c>.</summary>
internal static class FalPropertyPath
{
    /// <summary>Returns the property for a wire path; null for the request as a whole.</summary>
    public static string? FromWirePath(string wirePath)
    {
        if (wirePath.Length == 0) return null;
        var text = new StringBuilder(wirePath.Length + 8);
        foreach (var segment in wirePath.Split('.'))
        {
            if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
                continue;
            }
            if (text.Length > 0) text.Append('.');
            AppendMember(text, segment);
        }
        return text.ToString();
    }

    /// <summary>Returns the problems, each with its property if it had none.</summary>
    public static IReadOnlyList<FalProblem> Fill(IReadOnlyList<FalProblem> problems)
        => new List<FalProblem>(problems).ConvertAll(
            problem => problem.Property is null && problem.Path.Length > 0 ? problem with { Property = FromWirePath(problem.Path) } : problem);

    private static void AppendMember(StringBuilder text, string wireName)
    {
        var upper = true;
        foreach (var c in wireName)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = true;
                continue;
            }
            text.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }
    }
}
