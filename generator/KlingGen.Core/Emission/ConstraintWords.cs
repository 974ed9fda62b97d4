using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Says a member's limits and its server default in words, as XML for the documentation.</summary>
internal static class ConstraintWords
{
    public static string Describe(PropertyModel property, EmissionScope scope)
    {
        var constraints = Constraints(property.Type);
        var text = DocComment.Code(property.WireName);
        if (constraints.Length > 0) text += ": " + constraints;
        text += ".";
        if (property.Default is { } value) text += " When null the server uses " + Default(value, scope) + ".";
        return text;
    }

    /// <summary>The limits alone; empty if there are none.</summary>
    public static string Constraints(TypeUse use)
    {
        var facts = new List<string>();
        Add(facts, use, "");
        return string.Join("; ", facts);
    }

    private static void Add(List<string> facts, TypeUse use, string of)
    {
        var constraints = use.Constraints;
        if (constraints.HasLength) facts.Add(of + Span(constraints.MinLength, constraints.MaxLength, "character"));
        if (constraints.IsUrl && use.Kind == TypeKind.Text) facts.Add(of + "an address on the web");
        if (constraints.Pattern is not null) facts.Add(of + "matches " + DocComment.Code(constraints.Pattern));
        if (constraints.HasRange) facts.Add(of + Range(constraints));
        if (constraints.HasCount) facts.Add(of + Span(constraints.MinItems, constraints.MaxItems, "element"));
        if (constraints.UniqueItems) facts.Add(of + "no element twice");
        if (constraints.Contains is { MaxCount: { } most } contains)
            facts.Add(of + "at most " + Literal.Digits(most) + (most == 1 ? " element with " : " elements with ") + DocComment.Code(contains.Member));
        if (constraints.Media is { } media) AddMedia(facts, media, of);
        if (use.Element is not null) Add(facts, use.Element, "each ");
    }

    private static string Span(int? min, int? max, string unit)
    {
        if (min is not > 0) return "at most " + Amount(max!.Value, unit);
        if (max is null) return "at least " + Amount(min.Value, unit);
        return min == max ? "exactly " + Amount(min.Value, unit) : Literal.Digits(min.Value) + " to " + Amount(max.Value, unit);
    }

    private static string Amount(int count, string unit) => Literal.Digits(count) + " " + unit + (count == 1 ? "" : "s");

    private static string Range(Constraints constraints)
    {
        var parts = new List<string>();
        if (constraints.Minimum is not null && constraints.Maximum is not null)
            parts.Add(DocComment.Xml(constraints.Minimum) + " to " + DocComment.Xml(constraints.Maximum));
        else
        {
            if (constraints.Minimum is not null) parts.Add("at least " + DocComment.Xml(constraints.Minimum));
            if (constraints.Maximum is not null) parts.Add("at most " + DocComment.Xml(constraints.Maximum));
        }

        if (constraints.ExclusiveMinimum is not null) parts.Add("greater than " + DocComment.Xml(constraints.ExclusiveMinimum));
        if (constraints.ExclusiveMaximum is not null) parts.Add("less than " + DocComment.Xml(constraints.ExclusiveMaximum));
        if (constraints.MultipleOf is not null) parts.Add("a multiple of " + DocComment.Xml(constraints.MultipleOf));
        return string.Join(", ", parts);
    }

    private static void AddMedia(List<string> facts, MediaConstraints media, string of)
    {
        var kind = media.Kind switch { MediaKind.Image => "an image", MediaKind.Video => "a video", MediaKind.Audio => "sound", _ => "a file" };
        var parts = new List<string>();
        if (media.Extensions is not null) parts.Add(DocComment.Xml(media.Extensions.Replace(";", ", ")));
        if (media.MaxBytes is not null) parts.Add("at most " + Bytes(media.MaxBytes));
        if (media.MinBytes is not null) parts.Add("at least " + Bytes(media.MinBytes));
        AddPair(parts, media.MinWidth, media.MaxWidth, "px wide");
        AddPair(parts, media.MinHeight, media.MaxHeight, "px high");
        if (media.MaxPixels is not null) parts.Add("at most " + DocComment.Xml(media.MaxPixels) + " pixels");
        AddPair(parts, media.MinAspectRatio, media.MaxAspectRatio, "as the ratio of width to height");
        AddPair(parts, media.MinDuration, media.MaxDuration, "s long");
        AddPair(parts, media.MinFps, media.MaxFps, "frames per second");
        if (parts.Count > 0 || media.Kind != MediaKind.Any) facts.Add(of + kind + (parts.Count == 0 ? "" : " (" + string.Join(", ", parts) + ")"));
    }

    private static void AddPair(List<string> parts, string? min, string? max, string unit)
    {
        if (min is not null && max is not null) parts.Add(DocComment.Xml(min) + " to " + DocComment.Xml(max) + " " + unit);
        else if (min is not null) parts.Add("at least " + DocComment.Xml(min) + " " + unit);
        else if (max is not null) parts.Add("at most " + DocComment.Xml(max) + " " + unit);
    }

    private static string Bytes(string number)
    {
        var mebibytes = Specs.Numbers.Double(number) / (1024 * 1024);
        return mebibytes >= 1 && mebibytes == System.Math.Floor(mebibytes) ? Literal.Digits((long)mebibytes) + " MiB" : DocComment.Xml(number) + " bytes";
    }

    private static string Default(ValueModel value, EmissionScope scope)
    {
        if (value.EnumValue is not null && !scope.IsPlainNumber(value.Type!))
            return "<see cref=\"" + scope.NameOf(value.Type!) + "." + Identifier.Escape(value.EnumValue) + "\"/>";
        return value.Kind is TypeKind.Text or TypeKind.Media
            ? value.Text.Trim().Length == 0 ? "an empty text" : DocComment.Code("\"" + value.Text + "\"")
            : value.Kind is TypeKind.List && value.Items.Count == 0 ? "an empty list"
            : DocComment.Code(value.Text);
    }
}
