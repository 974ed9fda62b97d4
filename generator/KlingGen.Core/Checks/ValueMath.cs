using System;

namespace KlingGen.Checks;

/// <summary>
/// The arithmetic of constraints. This folder is compiled into the generator, its analyzers and the runtime, so that all of them give one verdict on
/// a value.
/// </summary>
internal static class ValueMath
{
    /// <summary>The length of a string in Unicode code points, as the server counts.</summary>
    public static int CodePoints(string value)
    {
        var pairs = 0;
        for (var i = 1; i < value.Length; i++)
        {
            if (char.IsSurrogatePair(value[i - 1], value[i])) pairs++;
        }

        return value.Length - pairs;
    }

    /// <summary>Decimal fractions have no exact binary form, so a relative error of 1e-9 counts as a multiple.</summary>
    public static bool IsMultiple(double value, double step)
    {
        if (!(step > 0)) return true;
        var count = value / step;
        return Math.Abs(count - Math.Round(count)) <= 1e-9 * Math.Max(1, Math.Abs(count));
    }

    public static bool IsDataUri(string value) => value.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether fal can fetch media from the string: an absolute http(s) URL or a data URI.</summary>
    /// <remarks>System.Uri accepts an http(s) URL only with a host.</remarks>
    public static bool IsUsableUrl(string value)
    {
        if (IsDataUri(value)) return value.IndexOf(',') >= 0;
        return Uri.TryCreate(value, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);
    }
}
