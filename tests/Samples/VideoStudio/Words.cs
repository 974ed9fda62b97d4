using Fal;
using Fal.AspNetCore;

namespace VideoStudio;

/// <summary>Errors in the words of a person who makes videos. What exactly happened is in the log.</summary>
internal static class Words
{
    public const string NotSaved = "The video is finished, but could not be saved on this server. Restart the app when the disk has room.";
    public const string OtherServer =
        "This video was started at another server, such as the emulator of an earlier run. It cannot be continued here.";

    // Wire names, the fields of the form, and what the page calls them.
    private static readonly (string Wire, string Field, string Label)[] Fields =
    [
        ("prompt", "prompt", "The description"), ("start_image_url", "picture", "The picture"), ("duration", "seconds", "The length"),
    ];

    public static string OutcomeUnknown(string id)
        => "It is not known whether this video was started, and it may be charged. It is not sent again. "
            + $"Look for the tag studio={id} in the requests of the fal account.";

    public static string For(FalException exception) => exception switch
    {
        FalInvalidRequestException { Problems.Count: > 0 } ex => Sentences(ex.Problems),
        FalJobFailedException { Problems.Count: > 0 } ex => Sentences(ex.Problems),
        FalJobFailedException => "fal could not finish this video. This is not about your picture or description: try again.",
        FalCostLimitException { Remaining: not null } ex => $"This video may cost {ex.Estimate}, which is more than what is left of the budget.",
        FalCostLimitException ex => $"This video may cost {ex.Estimate}, which is more than what is allowed.",
        FalRateLimitException => "fal is busy. Nothing was started; try again in a minute.",
        FalAccountLockedException => "The fal account is locked, usually because its balance is used up. Top it up, then try again.",
        FalAuthenticationException => "fal did not accept the key of this server. Check FAL_KEY.",
        FalTimeoutException => "fal did not answer in time.",
        FalUnavailableException => "fal cannot be reached at the moment.",
        FalFileException => "A file could not be transferred. Try again.",
        FalRequestRejectedException { StatusCode: 404 } => "fal no longer knows this video.",
        _ => "Something unexpected happened at fal. The log of this server has the details.",
    };

    /// <summary>The answer to a form that was refused: one sentence, and one for each field that is wrong.</summary>
    public static IResult Problem(FalException exception)
    {
        var errors = exception is FalInvalidRequestException { Problems: var problems }
            ? problems.ToLookup(problem => FieldOf(problem.Path), Sentence).ToDictionary(field => field.Key, field => field.ToArray()) : [];
        return Problem(FalProblemDetails.From(exception).Status ?? StatusCodes.Status502BadGateway, For(exception), errors);
    }

    public static IResult Problem(string field, string sentence)
        => Problem(StatusCodes.Status400BadRequest, sentence, new() { [field] = [sentence] });

    private static IResult Problem(int status, string sentence, Dictionary<string, string[]> errors)
        => Results.Problem(detail: sentence, statusCode: status, extensions: [new("errors", errors)]);

    private static string Sentences(IEnumerable<FalProblem> problems) => string.Join(' ', problems.Select(Sentence));

    private static string Sentence(FalProblem problem) => problem.Type switch
    {
        "content_policy_violation" => "fal's safety filter refused the picture or the description. Change them and try again.",
        "image_load_error" => "fal could not read the picture. Try another one.",
        _ => Translate(problem.Message),
    };

    private static string Translate(string message)
    {
        foreach (var (wire, _, label) in Fields) message = message.Replace($"'{wire}'", label, StringComparison.Ordinal);
        return message.Replace("<stream>", "yours", StringComparison.Ordinal).TrimEnd('.') + ".";
    }

    private static string FieldOf(string path) => Fields.FirstOrDefault(field => field.Wire == path.Split('.')[0]).Field ?? "";
}
