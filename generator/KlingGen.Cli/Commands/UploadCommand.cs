using System.CommandLine;
using System.Text.Json.Nodes;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Uploads a file and prints its URL.</summary>
internal sealed class UploadCommand : PlatformCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The file." };

    public UploadCommand(ToolConsole console)
        : base(console, "upload", "Uploads a file and prints its URL, as JSON.", ("klinggen upload car.jpg", "for several requests with one picture"))
        => Add(_file);

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var path = arguments.GetValue(_file)!;
        if (!File.Exists(path)) throw new ToolException($"There is no file '{path}'.");
        using var client = Client(arguments);
        var url = await client.Files.UploadAsync(FalMedia.FromFile(path), cancellationToken: cancellation).ConfigureAwait(false);
        return Print(new JsonObject { ["url"] = url.AbsoluteUri });
    }
}
