using Fal.Wire;
using KlingGen.Checks;

namespace Fal.Media;

/// <summary>Checks the media constraints of an endpoint against the header of a file.</summary>
internal static class MediaConstraintCheck
{
    /// <summary>Returns every violation.</summary>
    public static IReadOnlyList<FalProblem> Run(string path, FalMedia media, MediaFacts facts, FalMediaConstraints constraints)
    {
        var rules = new MediaRules(KindOf(constraints.Kind), constraints.Extensions, constraints.LimitOf);
        var file = new MediaFileFacts
        {
            DisplayName = media.ToString(),
            FileName = media.FileName,
            ContentType = facts.ContentType,
            IsTypeDeclared = facts.Declared is not null,
            IsTypeDetected = facts.Detected is not null,
            Bytes = facts.Bytes,
            Width = facts.Width,
            Height = facts.Height,
            OtherWidth = facts.OtherWidth,
            OtherHeight = facts.OtherHeight,
            MayBeTurned = facts.Turned,
            Duration = facts.Duration,
            FrameRate = facts.FrameRate,
        };
        return new List<Violation>(rules.Check(file)).ConvertAll(violation => new FalProblem
        {
            Path = path,
            Type = violation.Type,
            Message = (path.Length == 0 ? "The file " : $"'{path}' ") + violation.Message,
            Context = FalChecks.ContextOf(violation),
        });
    }

    private static MediaKind KindOf(FalMediaKind kind) => kind switch
    {
        FalMediaKind.Image => MediaKind.Image,
        FalMediaKind.Video => MediaKind.Video,
        FalMediaKind.Audio => MediaKind.Audio,
        FalMediaKind.File => MediaKind.File,
        _ => MediaKind.Any,
    };
}
