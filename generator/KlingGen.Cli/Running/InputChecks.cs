using Fal.Wire;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Running;

/// <summary>What can be said about a request before anything is asked of a server: by the checks of the typed clients, and by NJsonSchema.</summary>
internal static class InputChecks
{
    /// <summary>Everything that is wrong; local files are looked into later, when they are opened for their upload.</summary>
    public static IReadOnlyList<string> Faults(KnownEndpoint known, RequestValue request)
    {
        var checks = new FalChecks();
        ((IFalObject<RequestValue>)request).Check(checks);

        // The checks name limits and values; the other judge has only words, which are worth reading where the checks found nothing.
        return checks.Problems.Count > 0 ? [.. checks.Problems.Select(problem => problem.Message).Distinct()] : known.SchemaFaults(request.ToText());
    }

    /// <summary>Members that the document does not know. They may be new, so that is no fault; or a slip, so it is said.</summary>
    public static void SayUnknown(KnownEndpoint known, RequestValue request, ToolConsole console)
    {
        foreach (var name in Unknown(known, request)) SayUnknown(name, console);
    }

    /// <summary>Says that a member is not in the document.</summary>
    public static void SayUnknown(string name, ToolConsole console)
        => console.Say($"{console.ErrorPaint.Yellow("warning:")} the document knows no '{Visible.Text(name)}'; it is sent all the same.");

    /// <summary>The members that the document does not know.</summary>
    public static IEnumerable<string> Unknown(KnownEndpoint known, RequestValue request)
        => known.Request is not { } model ? []
            : request.Json.Select(member => member.Key).Where(name => !model.Properties.Any(property => property.WireName == name));
}
