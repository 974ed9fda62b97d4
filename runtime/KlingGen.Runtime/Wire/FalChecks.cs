using System.Text;
using System.Text.Json;
using KlingGen.Checks;

namespace Fal.Wire;

/// <summary>Collects every problem of a request with its path. An invalid value never throws.</summary>
/// <remarks>Names are wire names. A null property passes every check except <see cref="Required"/>.</remarks>
public sealed partial class FalChecks
{
    private readonly List<FalProblem> _problems = [];
    private readonly List<string> _path = [];

    /// <summary>The problems so far.</summary>
    public IReadOnlyList<FalProblem> Problems => _problems;

    /// <summary>
    /// Returns all problems of an emitted request whose type is known only at run time; empty for values of other types.
    /// Works trimmed and under Native AOT.
    /// </summary>
    public static IReadOnlyList<FalProblem> Check(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is not IFalWritable || FalTypeInfoResolver.SourceOf(value.GetType()) is not { } source) return [];
        var checks = new FalChecks();
        source.Check(value, checks);
        return FalPropertyPath.Fill(checks.Problems);
    }

    /// <summary>Adds a problem for which there is no specific check.</summary>
    /// <param name="path">The property, relative to the object that is checked; empty for the object itself.</param>
    /// <param name="type">The type of the problem, in the server's terms.</param>
    /// <param name="message">What is wrong and what is allowed.</param>
    /// <param name="context">The violated constraints as a JSON object, in the server's terms.</param>
    public void Add(string path, string type, string message, JsonElement? context = null)
        => _problems.Add(new() { Path = PathOf(path), Type = type, Message = message, Context = context });

    /// <summary>Returns the full path of a property of the object that is checked. An empty name means the object itself.</summary>
    internal string PathOf(string name)
    {
        var path = name;
        for (var i = _path.Count - 1; i >= 0; i--)
            if (_path[i].Length > 0) path = path.Length > 0 ? $"{_path[i]}.{path}" : _path[i];
        return path;
    }

    // An empty step is a value without a name: the content of a union.
    private void Enter(string step) => _path.Add(step);

    private void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Adds a violation, if not null, as a problem whose message starts with the property in quotes.</summary>
    private void Report(string name, Violation? violation)
    {
        if (violation is not null)
            Add(name, violation.Type, $"'{PathOf(name)}' {violation.Message}", ContextOf(violation));
    }

    /// <summary>Adds a violation of the object itself.</summary>
    private void ReportObject(Violation violation) => Add("", violation.Type, violation.Message, ContextOf(violation));

    internal static JsonElement? ContextOf(Violation violation)
        => violation.Context is { } context ? new FalRawJson(Encoding.UTF8.GetBytes(context)).ToElement() : null;
}
