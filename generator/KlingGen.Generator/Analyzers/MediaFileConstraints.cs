using System;
using System.Collections.Generic;
using KlingGen.Checks;
using Microsoft.CodeAnalysis;

namespace KlingGen.Analyzers;

/// <summary>The media constraints of a property, checked against what a file's name and the build's media facts tell.</summary>
internal sealed class MediaFileConstraints(AttributeData attribute)
{
    private readonly MediaKind _kind = KindOf(attribute);
    private readonly MediaRules _rules = new(KindOf(attribute), MemberConstraints.Named(attribute, "Extensions") as string, row
        => LimitOf(attribute, row));

    /// <returns>The violations; none if nothing is known of the file.</returns>
    public IReadOnlyList<Violation> Check(string path, FileFacts facts)
    {
        // What a file without a known extension is shows only in its bytes.
        if (ContentTypeTable.OfName(path) is not { } type || type == ContentTypeTable.Unknown) return Array.Empty<Violation>();
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        var file = new MediaFileFacts { DisplayName = name, FileName = name, ContentType = type };
        if (facts.TryGet(path, out var known))
        {
            if (HasNoPicture(type, known.Width, known.Height))
            {
                // Without facts only the format can be wrong.
                return _rules.Check(file) is { Count: > 0 } format
                    ? format
                    : new[] { new Violation("unsupported_image_format", $"must be an image, but the content of {name} is none") };
            }

            file = file with
            {
                Bytes = known.Bytes,
                Width = known.Width > 0 ? known.Width : null,
                Height = known.Height > 0 ? known.Height : null,

                // The build does not read the orientation of photos.
                MayBeTurned = type != "image/png",
            };
        }

        return _rules.Check(file);
    }

    /// <summary>The build reads the pixels of these types: a file without dimensions is not an image, whatever its name.</summary>
    private bool HasNoPicture(string type, int width, int height)
        => _kind == MediaKind.Image && width <= 0 && height <= 0 && type is ("image/png" or "image/jpeg" or "image/gif" or "image/webp");

    private static MediaKind KindOf(AttributeData attribute)
        => attribute.ConstructorArguments is [var kind] && Enum.TryParse<MediaKind>(MemberConstraints.NameOf(kind), out var known) ? known
            : MediaKind.Any;

    /// <summary>An attribute cannot hold null: a limit that is 0 is open.</summary>
    private static double? LimitOf(AttributeData attribute, MediaConstraintRow row) => MemberConstraints.Named(attribute, row.Name) switch
    {
        int and not 0 and var number => number,
        long and not 0 and var number => number,
        double and not 0 and var number => number,
        _ => null,
    };
}
