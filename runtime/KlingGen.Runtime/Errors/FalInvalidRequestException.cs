using System.Globalization;
using System.Text;

namespace Fal;

/// <summary>
/// A request with invalid values, found by the local checks (<see cref="FalValidationException"/>) or by the server
/// (<see cref="FalRequestRejectedException"/>). Both list their problems in the same format.
/// </summary>
public abstract class FalInvalidRequestException : FalException
{
    private const int ShownProblems = 5;

    private protected FalInvalidRequestException(string message, IReadOnlyList<FalProblem> problems, Exception? innerException)
        : base(problems.Count == 0 ? message : $"{message} {List(problems)}.", innerException, isTransient: false)
    {
        Problems = problems;
    }

    /// <summary>All problems, each with its path in the request.</summary>
    public IReadOnlyList<FalProblem> Problems { get; }

    /// <summary>The first problems, in one line without a full stop at its end.</summary>
    internal static string List(IReadOnlyList<FalProblem> problems)
    {
        var text = new StringBuilder();
        for (var i = 0; i < problems.Count && i < ShownProblems; i++)
        {
            var problem = problems[i];
            if (text.Length > 0) text.Append("; ");
            // The library's messages contain the property's name, the server's do not.
            var name = problem.Path.Length == 0 || problem.Message.Contains('\'' + problem.Path + '\'', StringComparison.Ordinal)
                ? null
                : problem.Path;
            if (name is not null) text.Append(name).Append(": ");
            text.Append(problem.Message.TrimEnd('.'));
        }
        if (problems.Count > ShownProblems) text.Append(CultureInfo.InvariantCulture, $"; and {problems.Count - ShownProblems} more, see Problems");
        return text.ToString();
    }
}
