using System;
using KlingGen.Model;

namespace KlingGen.Naming;

/// <summary>
/// Every naming decision. A name depends on fal's words alone, never on which other documents are there or on their order; two values that
/// would get one name inside one type get different names from <see cref="NameSet"/>.
/// </summary>
internal static class NameRules
{
    /// <summary>The owner whose apps are directly below the root namespace.</summary>
    public const string FalOwner = "fal-ai";

    private static readonly char[] NumberSigns = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_' };

    /// <summary><c>fal-ai/kling-video</c> is <c>KlingVideo</c>; <c>bria/fibo</c> is <c>Bria.Fibo</c>.</summary>
    public static AppModel App(string owner, string alias)
    {
        var name = AppName(alias);
        var isFal = owner is FalOwner or "";
        var id = owner.Length == 0 ? alias : owner + "/" + alias;
        if (isFal) return new AppModel(id, name, name);

        // The namespace of an owner may also be that of one of fal's apps, whose code would find this namespace in place of a type.
        if (ReservedNames.IsType(name) && !ReservedNames.IsNamespace(name)) name += "App";
        return new AppModel(id, AppName(owner) + "." + name, name);
    }

    /// <summary>The same app written closer to its id: <c>fal-ai/kling_video</c> is <c>Kling_video</c>.</summary>
    public static AppModel Spelled(AppModel app)
    {
        var raw = Capital(IdentifierWords.Raw(app.Id.Substring(app.Id.LastIndexOf('/') + 1)));
        var name = Startable(ReservedNames.IsNamespace(raw) || ReservedNames.IsType(raw) ? raw + "App" : raw, "_");
        var dot = app.Namespace.LastIndexOf('.');
        return app with { Namespace = app.Namespace.Substring(0, dot + 1) + name, Name = name };
    }

    /// <summary>Whether an id is written as fal writes its own: small letters and digits, joined by hyphens and points.</summary>
    public static bool IsPlainId(string id)
    {
        foreach (var c in id)
        {
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '.' or '/')) return false;
        }

        return true;
    }

    /// <summary>
    /// One part of a client path: <c>v1.6</c> is <c>V1_6</c>, <c>image-to-video</c> is <c>ImageToVideo</c>. What starts with a digit is told by its
    /// unit: <c>4k</c> is <c>Resolution4k</c>, <c>14b</c> is <c>Model14b</c>, <c>3.2</c> is <c>V3_2</c>.
    /// </summary>
    public static string PathPart(string segment)
    {
        var name = IdentifierWords.Pascal(segment);
        return Startable(name, name.Length == 0
            ? "_"
            : name.TrimStart(NumberSigns) switch { "k" or "K" or "p" => "Resolution", "b" or "B" => "Model", "" => "V", _ => "_" });
    }

    /// <summary>
    /// An object takes its title, which is the class name that fal's pages show; a title that is no C# name is made one, and an
    /// object without a title takes its key in the document.
    /// </summary>
    public static string Object(string? title, string key)
    {
        var source = string.IsNullOrWhiteSpace(title) ? key : title!;
        var name = IsClassName(source) ? Capital(source) : IdentifierWords.Pascal(source);
        return Unreserved(Startable(name.Length == 0 ? "Type" : name, "Type"));
    }

    /// <summary>A member: <c>cfg_scale</c> is <c>CfgScale</c>.</summary>
    public static string Property(string wireName) => Startable(IdentifierWords.Pascal(wireName), "Member");

    /// <summary>
    /// The type of a member that has no name of its own takes its owner's and the member's: <c>ImageToVideoRequest.duration</c> is
    /// <c>ImageToVideoDuration</c>.
    /// </summary>
    /// <remarks>
    /// No word is doubled: <c>VideoOutput.video_output_type</c> is <c>VideoOutputType</c>, <c>InputModel.model</c> is <c>InputModelValue</c>.
    /// </remarks>
    public static string MemberType(string owner, string property)
    {
        var stem = Stem(owner);
        if (StartsWithWord(property, stem) && property != owner) return Unreserved(property);
        return Unreserved(EndsWithWord(stem, property) ? stem + "Value" : stem + property);
    }

    private static bool StartsWithWord(string name, string word)
        => name.Length > word.Length && name.StartsWith(word, StringComparison.Ordinal) && char.IsUpper(name[word.Length]);

    private static bool EndsWithWord(string name, string word)
        => name.Length > word.Length && name.EndsWith(word, StringComparison.Ordinal) && char.IsUpper(word[0]);

    /// <summary>
    /// A value of an enum. What starts with a digit takes the last word of the member's name in front, which needs no table and reads well:
    /// <c>Duration5</c>, <c>Ratio16x9</c>, <c>Resolution1K</c>.
    /// </summary>
    /// <param name="wire">The value.</param>
    /// <param name="member">The name of the member that has the enum.</param>
    /// <param name="isMixed">Another value of the enum has small letters, so capitals are the spelling of a name: <c>DPM++ 2M SDE</c>.</param>
    public static string EnumValue(string wire, string member, bool isMixed = false)
    {
        var name = IdentifierWords.Pascal(wire, keepsCapitals: isMixed);
        if (name.Length == 0) return wire.Length == 0 ? "Empty" : "Value";
        return char.IsDigit(name[0]) ? LastWord(member) + name : name;
    }

    /// <summary>
    /// <c>AspectRatio</c> ends in <c>Ratio</c>. An end that is no word, or that would run into the value's own digits,
    /// leaves the name whole.
    /// </summary>
    private static string LastWord(string member)
    {
        var start = member.Length;
        while (start > 0 && char.IsLower(member[start - 1])) start--;
        return start > 0 && start < member.Length - 1 && char.IsUpper(member[start - 1]) ? member.Substring(start - 1) : member;
    }

    /// <summary>What a branch of a union is called.</summary>
    public static string Branch(TypeUse type) => type.Kind switch
    {
        TypeKind.Text => "Text",
        TypeKind.Boolean => "Boolean",
        TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide => "Integer",
        TypeKind.Number => "Number",
        TypeKind.Json => "Json",
        TypeKind.Media => "Media",
        TypeKind.File => "File",
        TypeKind.Image => "Image",
        TypeKind.List => Branch(type.Element!) + "List",
        TypeKind.Map => Branch(type.Element!) + "Map",
        TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum => "Preset",
        _ => type.Name!,
    };

    /// <summary>The enum inside a union: the presets among which one may choose instead of giving the value itself.</summary>
    public static string Preset(string union) => union + "Preset";

    /// <summary>The elements of a list, or the values of a map, that have no name of their own.</summary>
    public static string Element(string holder)
    {
        if (holder.Length > 4 && holder.EndsWith("ies", StringComparison.Ordinal)) return holder.Substring(0, holder.Length - 3) + "y";
        return holder.Length > 2 && holder.EndsWith("s", StringComparison.Ordinal) && !holder.EndsWith("ss", StringComparison.Ordinal)
            ? holder.Substring(0, holder.Length - 1)
            : holder + "Item";
    }

    /// <summary>
    /// The client class of a node: its whole path below the app, as one word, because it is written in constructors.
    /// A path that begins with a version takes the app's name in front, because a version alone is not specific:
    /// <c>KlingVideoV16ProImageToVideoClient</c>, but <c>DevClient</c>.
    /// </summary>
    public static string Client(AppModel app, EquatableArray<string> path, int depth)
    {
        if (depth == 0) return app.Name + "Client";
        var name = "";
        for (var i = 0; i < depth; i++) name += path[i].Replace("_", "");
        if (IsVersion(path[0])) return app.Name + name + "Client";
        name = Startable(name, "_") + "Client";

        // A path that starts with "fal" would take the place of a type of the runtime: the path "fal" that of FalClient.
        return ReservedNames.IsRuntimeName(name) ? app.Name + name : name;
    }

    /// <summary><c>V1_6</c>, <c>O3</c> and <c>_3d</c> begin like versions; <c>Pro</c> and <c>Resolution4k</c> do not.</summary>
    private static bool IsVersion(string part)
    {
        var name = part.TrimStart('_');
        return name.Length > 0 && (char.IsDigit(name[0]) || (name.Length > 1 && char.IsDigit(name[1])));
    }

    /// <summary>The name of a type that two documents of one app disagree about.</summary>
    public static string Qualified(SpecModel document, string name)
    {
        var path = "";
        if (document.Endpoint is { } endpoint)
        {
            foreach (var part in endpoint.Path) path += part;
        }
        else
        {
            path = IdentifierWords.Pascal(document.Key.Substring(document.Key.LastIndexOf('/') + 1));
        }

        return Startable((path.Length == 0 ? document.App.Name : path) + name, "_");
    }

    private static string AppName(string alias)
    {
        var name = Startable(IdentifierWords.Pascal(alias), "_");
        return ReservedNames.IsNamespace(name) ? name + "App" : name;
    }

    /// <summary>The owner's name without the suffix for request or result.</summary>
    private static string Stem(string owner)
    {
        foreach (var ending in new[] { "Request", "Input", "Output", "Result", "Response" })
        {
            if (owner.Length > ending.Length && owner.EndsWith(ending, StringComparison.Ordinal))
                return owner.Substring(0, owner.Length - ending.Length);
        }

        return owner;
    }

    private static string Startable(string name, string prefix)
        => name.Length == 0 ? prefix : char.IsDigit(name[0]) || name[0] == '_' && prefix != "_" ? prefix + name : name;

    private static string Unreserved(string name) => ReservedNames.IsType(name) || ReservedNames.IsMember(name) ? name + "Model" : name;

    /// <summary>A title such as <c>O3_4kImageToVideoInput</c> is already the name of a class and is left alone.</summary>
    private static bool IsClassName(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isFine = c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' || (i > 0 && c is >= '0' and <= '9')
                || (c == '_' && i > 0 && i + 1 < text.Length && IsDigitOrUpper(text[i + 1]));
            if (!isFine) return false;
        }

        return text.Length > 0 && !char.IsLower(text[0]);
    }

    private static bool IsDigitOrUpper(char c) => c is >= '0' and <= '9' or >= 'A' and <= 'Z';

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
