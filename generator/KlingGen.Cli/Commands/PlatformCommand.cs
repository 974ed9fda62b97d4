using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>A command that reads the account's jobs, prices or files from fal, and prints the answer as JSON.</summary>
internal abstract class PlatformCommand : ToolCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string?> _at = new("--at") { Description = "Asks an emulator: the queue's address, as klinggen serve prints it." };

    protected PlatformCommand(ToolConsole console, string name, string description, params (string Line, string Purpose)[] examples)
        : base(console, name, description, examples)
        => Add(_at);

    /// <summary>The client of the address that was named, or of fal.</summary>
    protected FalClient Client(ParseResult arguments) => Emulators.Client(Emulators.AddressOf(arguments.GetValue(_at)));

    protected int Print(JsonNode answer)
    {
        Console.Out.WriteLine(answer.ToJsonString(Readable));
        return ExitCode.Success;
    }

    /// <summary>Prints a list. Every command that lists exits with <see cref="ExitCode.ProblemsFound"/> if it found nothing.</summary>
    protected int PrintList(JsonArray found)
    {
        Print(found);
        return found.Count > 0 ? ExitCode.Success : ExitCode.ProblemsFound;
    }

    /// <summary>An endpoint as a user types it.</summary>
    /// <exception cref="ToolException">It is no endpoint id.</exception>
    protected static string Endpoint(string typed)
    {
        var id = EndpointIds.FromUser(typed);
        return FalEndpointId.TryParse(id, out _)
            ? id
            : throw new ToolException($"'{id}' is not an endpoint id; one looks like fal-ai/kling-video/v1.6/pro/image-to-video.");
    }

    protected static JsonNode? Text(DateTimeOffset? moment)
        => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
