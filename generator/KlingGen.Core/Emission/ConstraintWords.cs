using System.Collections.Generic;
using KlingGen.Checks;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>A property's constraints and its server default in words, as XML for the documentation.</summary>
internal static class ConstraintWords
{
    public static string Describe(PropertyModel property, EmissionScope scope)
    {
        var constraints = Constraints(property.Type);
        var limits = constraints.Length > 0 ? ": " + constraints : "";
        var text = property.Default is { } value ? ". If it is null, the server uses " + Default(value, scope) + "." : ".";
        return DocComment.Code(property.WireName) + limits + text;
    }

    /// <summary>The constraints alone; empty if there are none.</summary>
    public static string Constraints(TypeUse use)
    {
        var facts = new List<string>();
        Add(facts, use, "");
        return string.Join("; ", facts);
    }

    private static void Add(List<string> facts, TypeUse use, string prefix)
    {
        foreach (var group in ConstraintGroups.ForType(use)) facts.Add(prefix + group.Words(use.Constraints));
        if (use.Constraints.Media is { IsEmpty: false } media) facts.Add(prefix + Media(media));
        if (use.Element is not null) Add(facts, use.Element, "each ");
    }

    private static string Media(MediaConstraints media)
    {
        var kind = media.Kind switch { MediaKind.Image => "an image", MediaKind.Video => "a video", MediaKind.Audio => "audio", _ => "a file" };
        var parts = new List<string>();
        if (media.Extensions is not null) parts.Add(DocComment.Xml(media.Extensions.Replace(";", ", ")));
        for (var i = 0; i < MediaConstraintTable.Rows.Count; i++)
        {
            // The rows of one measure are adjacent, the minimum first.
            var row = MediaConstraintTable.Rows[i];
            var limit = media.LimitOf(row);
            if (row.IsMinimum && i + 1 < MediaConstraintTable.Rows.Count && MediaConstraintTable.Rows[i + 1].Measure == row.Measure)
            {
                var max = media.LimitOf(MediaConstraintTable.Rows[++i]);
                if (limit is not null && max is not null) parts.Add(Amount(limit, row, withUnit: false) + " to " + Amount(max, row));
                else if (limit is not null) parts.Add("at least " + Amount(limit, row));
                else if (max is not null) parts.Add("at most " + Amount(max, row));
            }
            else if (limit is not null)
            {
                parts.Add((row.IsMinimum ? "at least " : "at most ") + Amount(limit, row));
            }
        }

        return kind + (parts.Count == 0 ? "" : " (" + string.Join(", ", parts) + ")");
    }

    private static string Amount(string limit, MediaConstraintRow row, bool withUnit = true)
    {
        if (row.Measure != MediaMeasure.Bytes) return DocComment.Xml(limit) + (withUnit ? " " + row.Unit : "");
        var mebibytes = NumberText.ToDouble(limit) / (1024 * 1024);
        return mebibytes >= 1 && mebibytes == System.Math.Floor(mebibytes) ? Literal.Digits((long)mebibytes) + " MiB" : DocComment.Xml(limit) + " "
            + row.Unit;
    }

    private static string Default(ValueModel value, EmissionScope scope)
    {
        if (value.EnumValue is not null && !scope.IsPlainNumber(value.Type!))
            return "<see cref=\"" + scope.NameOf(value.Type!) + "." + Identifier.Escape(value.EnumValue) + "\"/>";
        return value.Kind is TypeKind.Text or TypeKind.Media
            ? value.Text.Trim().Length == 0 ? "an empty string" : DocComment.Code("\"" + value.Text + "\"")
            : value.Kind is TypeKind.List && value.Items.Count == 0 ? "an empty list"
            : DocComment.Code(value.Text);
    }
}
