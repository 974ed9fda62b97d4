using Fal.Wire;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Running;

/// <summary>Validates a request before anything is sent: by the checks of the typed clients, and by NJsonSchema.</summary>
internal static class InputChecks
{
    /// <summary>Everything that is wrong; local files are looked into later, when they are opened for their upload.</summary>
    public static IReadOnlyList<string> Faults(KnownEndpoint known, RequestValue request)
    {
        var checks = new FalChecks();
        ((IFalObject<RequestValue>)request).Check(checks);

        // Messages of the checks name constraints and values; those of NJsonSchema are shown only if the checks found nothing.
        return checks.Problems.Count > 0 ? [.. checks.Problems.Select(problem => problem.Message).Distinct()] : known.SchemaFaults(request.ToText());
    }

    /// <summary>Properties that are not in the document. They may be new or misspelled, so they are reported without an error.</summary>
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
