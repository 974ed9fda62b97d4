using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal.Wire;

/// <summary>Collects everything that is wrong with a request, each with its place. Nothing here throws for a wrong value.</summary>
/// <remarks>Names are those of the wire. A value that is null is given to no check but <see cref="Required"/>.</remarks>
public sealed partial class FalChecks
{
    private readonly List<FalProblem> _problems = [];
    private readonly List<string> _path = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<FalProblem> Problems => _problems;

    /// <summary>Adds a problem for which there is no check of its own.</summary>
    /// <param name="path">The member, from the object that is checked; empty for the object itself.</param>
    /// <param name="type">What sort of problem, in the server's words.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="context">The broken limits as a JSON object, in the server's words.</param>
    public void Add(string path, string type, string message, JsonElement? context = null)
        => _problems.Add(new() { Path = PathOf(path), Type = type, Message = message, Context = context });

    /// <summary>The whole path of a member of the object that is checked. A name that is empty is the object itself.</summary>
    internal string PathOf(string name)
        => _path.Count == 0 ? name : string.Join('.', _path.Append(name).Where(step => step.Length > 0));

    // An empty step is a value that has no name of its own: what a union holds.
    private void Enter(string step) => _path.Add(step);

    private void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Adds a problem whose message starts with the member in quotes.</summary>
    private void Wrong(string name, string type, string rest, string? limit = null, string? limitText = null)
        => Add(name, type, $"'{PathOf(name)}' {rest}", limit is null ? null : Limit(limit, limitText!));

    private static JsonElement Limit(string name, string number)
        => new FalRawJson(Encoding.UTF8.GetBytes($"{{\"{name}\":{number}}}")).ToElement();

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(Int128 number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
