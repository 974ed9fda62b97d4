using System.CommandLine;
using System.Globalization;
using Fal.Emulation;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Runs the emulator until Ctrl-C, and shows what it is asked.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private readonly Option<int> _port = new("--port", "-p")
    {
        Description = "The queue's port; the run, rest and media hosts take the three that follow. 0 takes free ones.",
        DefaultValueFactory = _ => 7800,
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The key that callers must bring, as id:secret; one is made up unless given. It guards nothing but the emulator.",
    };

    private readonly Option<string[]> _specs = SpecOptions.Local();

    public ServeCommand(ToolConsole console)
        : base(
            console,
            "serve",
            "Serves the endpoints' documents as fal would, on this machine only, until Ctrl-C.",
            ("klinggen serve", "what comes with the package, and the folder specs"),
            ("klinggen serve --port 0 --specs ../other/specs", "other documents, at free ports"))
    {
        _port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65532) result.AddError("--port is a number from 0 to 65532.");
        });
        Add(_port);
        Add(_key);
        Add(_specs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var emulator = await Emulators.StartAsync(arguments.GetValue(_specs), arguments.GetValue(_port), arguments.GetValue(_key), cancellation).ConfigureAwait(false);
        emulator.Received.Finished += request => Console.Say(Line(request));
        Introduce(emulator);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(stopped.SetResult)) await stopped.Task.ConfigureAwait(false);
        Console.Say("Stopped.");
        return ExitCode.Success;
    }

    private void Introduce(FalEmulator emulator)
    {
        // A program that starts the emulator reads the addresses; a person reads the rest.
        Console.Out.WriteLine("queue " + emulator.QueueAddress);
        Console.Out.WriteLine("run   " + emulator.RunAddress);
        Console.Out.WriteLine("rest  " + emulator.RestAddress);
        Console.Out.WriteLine("media " + emulator.MediaAddress);
        Console.Out.WriteLine("key   " + emulator.Key);
        Console.Out.Flush();
        Console.Say($"""
            {Words.Count(emulator.Endpoints.Count, "endpoint")}; Ctrl-C stops.

              In C#:  new FalClient(new FalClientOptions
                      {'{'}
                          Key = "{emulator.Key}", AllowHttpOnLoopback = true,
                          QueueAddress = new("{emulator.QueueAddress}"), RunAddress = new("{emulator.RunAddress}"), RestAddress = new("{emulator.RestAddress}"),
                      {'}'});
              Shell:  FAL_KEY={emulator.Key} klinggen run ENDPOINT --at {emulator.QueueAddress}

            """);
    }

    private string Line(FalReceivedRequest request)
    {
        var status = request.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "broken off";
        var painted = request.StatusCode is < 400 ? Console.ErrorPaint.Green(status) : Console.ErrorPaint.Red(status);
        return $"{request.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {painted} {request.Method} {Visible.Text(request.Path + request.Query)}";
    }
}
