using Fal.Wire;
using KlingGen.Checks;
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

    /// <summary>Problems of the values that are set; missing properties do not count.</summary>
    public static IEnumerable<string> FaultsOfValues(RequestValue request)
    {
        var checks = new FalChecks();
        ((IFalObject<RequestValue>)request).Check(checks);
        return checks.Problems.Where(problem => problem.Type != "missing").Select(problem => problem.Message).Distinct();
    }

    /// <summary>A sentence for each property that is not in the document: it may be new or misspelt.</summary>
    public static IEnumerable<string> UnknownProperties(KnownEndpoint known, RequestValue request)
    {
        if (known.Request is not { } model) return [];
        string[] names = [.. model.Properties.Select(property => property.WireName)];
        return request.Json.Select(member => member.Key).Except(names).Select(name => $"'{name}' is not a property of the request"
            + (NearestName.Find(name, names) is { } nearest ? $"; did you mean '{nearest}'?" : "."));
    }

    /// <summary>Prints a warning about an unknown property.</summary>
    public static void Warn(string sentence, ToolConsole console)
        => console.Say($"{console.ErrorPaint.Yellow("warning:")} {Visible.Text(sentence)}");
}
