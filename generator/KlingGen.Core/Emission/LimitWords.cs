using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Says a member's limits and its server default in words, as XML for the documentation.</summary>
internal static class LimitWords
{
    public static string Describe(PropertyModel property, EmissionScope scope)
    {
        var limits = Limits(property.Type);
        var text = DocComment.Code(property.WireName);
        if (limits.Length > 0) text += ": " + limits;
        text += ".";
        if (property.Default is { } value) text += " When null the server uses " + Default(value, scope) + ".";
        return text;
    }

    /// <summary>The limits alone; empty if there are none.</summary>
    public static string Limits(TypeUse use)
    {
        var facts = new List<string>();
        Add(facts, use, "");
        return string.Join("; ", facts);
    }

    private static void Add(List<string> facts, TypeUse use, string of)
    {
        var limits = use.Limits;
        if (limits.HasLength) facts.Add(of + Span(limits.MinLength, limits.MaxLength, "character"));
        if (limits.IsUrl && use.Kind == TypeKind.Text) facts.Add(of + "an address on the web");
        if (limits.Pattern is not null) facts.Add(of + "matches " + DocComment.Code(limits.Pattern));
        if (limits.HasRange) facts.Add(of + Range(limits));
        if (limits.HasCount) facts.Add(of + Span(limits.MinItems, limits.MaxItems, "element"));
        if (limits.UniqueItems) facts.Add(of + "no element twice");
        if (limits.Contains is { MaxCount: { } most } contains)
            facts.Add(of + "at most " + Literal.Digits(most) + (most == 1 ? " element with " : " elements with ") + DocComment.Code(contains.Member));
        if (limits.Media is { } media) AddMedia(facts, media, of);
        if (use.Element is not null) Add(facts, use.Element, "each ");
    }

    private static string Span(int? min, int? max, string unit)
    {
        if (min is not > 0) return "at most " + Amount(max!.Value, unit);
        if (max is null) return "at least " + Amount(min.Value, unit);
        return min == max ? "exactly " + Amount(min.Value, unit) : Literal.Digits(min.Value) + " to " + Amount(max.Value, unit);
    }

    private static string Amount(int count, string unit) => Literal.Digits(count) + " " + unit + (count == 1 ? "" : "s");

    private static string Range(Limits limits)
    {
        var parts = new List<string>();
        if (limits.Minimum is not null && limits.Maximum is not null) parts.Add(DocComment.Xml(limits.Minimum) + " to " + DocComment.Xml(limits.Maximum));
        else
        {
            if (limits.Minimum is not null) parts.Add("at least " + DocComment.Xml(limits.Minimum));
            if (limits.Maximum is not null) parts.Add("at most " + DocComment.Xml(limits.Maximum));
        }

        if (limits.Above is not null) parts.Add("greater than " + DocComment.Xml(limits.Above));
        if (limits.Below is not null) parts.Add("less than " + DocComment.Xml(limits.Below));
        if (limits.MultipleOf is not null) parts.Add("a multiple of " + DocComment.Xml(limits.MultipleOf));
        return string.Join(", ", parts);
    }

    private static void AddMedia(List<string> facts, MediaLimits media, string of)
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
