using System.CommandLine;
using System.Globalization;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Playground;
using KlingGen.Cli.Reports;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Runs the emulator until Ctrl-C, and shows its requests.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private readonly Option<int> _port = new("--port", "-p")
    {
        Description = "The queue's port; the run, rest, media and platform hosts use the next four. 0 selects free ports.",
        DefaultValueFactory = _ => 7800,
    };

    private readonly Option<int?> _queuePort = PortOption("--queue-port", "The port of the queue alone.");
    private readonly Option<int?> _runPort = PortOption("--run-port", "The port of the run host alone.");
    private readonly Option<int?> _restPort = PortOption("--rest-port", "The port of the rest host alone.");
    private readonly Option<int?> _mediaPort = PortOption("--media-port", "The port of the media host alone.");
    private readonly Option<int?> _platformPort = PortOption("--platform-port", "The port of the platform API alone.");
    private readonly Option<string?> _adminKey = new("--admin-key")
    {
        Description = "The key with the scope ADMIN, as id:secret; by default a random one.",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The key that callers must send, as id:secret; by default a random one. It protects the emulator only.",
    };

    private readonly Option<bool> _instant = new("--instant") { Description = "Jobs complete at once, except where the script sets a duration." };
    private readonly Option<string?> _script = new("--script") { Description = "A JSON file with runs and faults; see the page about the tool." };

    private readonly Option<string?> _record = new("--record")
    {
        Description = "Appends each received request to a file as one line of JSON, before it is answered.",
    };

    private readonly Option<bool> _open = new("--open") { Description = "Serves the playground, a local page, and opens it in the browser." };
    private readonly Option<int?> _pagePort = PortOption("--page-port", "The port of the page; a free one unless given.");

    private readonly Option<bool> _allowPaid = new("--allow-paid")
    {
        Description = "The page may run requests on fal itself, with the key in FAL_KEY, after a confirmation of the price.",
    };

    private readonly Option<decimal?> _maxCost = new("--max-cost")
    {
        Description = "The maximum total cost of all paid runs of the page, in USD.",
    };

    private readonly Option<string[]> _specs = SpecOptions.Local();

    public ServeCommand(ToolConsole console)
        : base(
            console,
            "serve",
            "Serves the endpoints' documents as fal would, on this machine only, until Ctrl-C.",
            ("klinggen serve", "what comes with the package, and the folder specs"),
            ("klinggen serve --open", "with a page to try requests on, in the browser"),
            ("klinggen serve --instant --record requests.jsonl", "for tests of another program"),
            ("klinggen serve --script faults.json", "with failures and faults that are planned in a file"),
            ("klinggen serve --port 0 --specs ../other/specs", "other documents, at free ports"))
    {
        _port.LimitTo(0, 65531);
        Add(_port);
        Add(_queuePort);
        Add(_runPort);
        Add(_restPort);
        Add(_mediaPort);
        Add(_platformPort);
        Add(_adminKey);
        Add(_key);
        Add(_instant);
        Add(_script);
        Add(_record);
        Add(_open);
        Add(_pagePort);
        Add(_allowPaid);
        Add(_maxCost);
        Add(_specs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var paid = PaidOptions(arguments);
        if (arguments.GetValue(_pagePort) is not null && !arguments.GetValue(_open)) throw new ToolException("--page-port needs --open.");
        var script = arguments.GetValue(_script) is { } file ? ScriptFile.Read(file) : null;
        var options = new FalEmulatorOptions
        {
            Port = arguments.GetValue(_port),
            QueuePort = arguments.GetValue(_queuePort),
            RunPort = arguments.GetValue(_runPort),
            RestPort = arguments.GetValue(_restPort),
            MediaPort = arguments.GetValue(_mediaPort),
            PlatformPort = arguments.GetValue(_platformPort),
            AdminKey = Key(arguments, _adminKey),
            Key = Key(arguments, _key),
            RecordTo = arguments.GetValue(_record),
        };
        await using var emulator = await Emulators.StartAsync(arguments.GetValue(_specs), options, cancellation).ConfigureAwait(false);
        if (arguments.GetValue(_instant)) emulator.Script.For("**", FalEmulatedRun.Instant);
        script?.ApplyTo(emulator);
        emulator.Received.Finished += request => Console.Say(Line(request));
        Introduce(emulator);
        await using var page = arguments.GetValue(_open)
            ? await OpenPageAsync(arguments, emulator, paid, cancellation).ConfigureAwait(false) : null;
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(stopped.SetResult)) await stopped.Task.ConfigureAwait(false);
        Console.Say("Stopped.");
        return ExitCode.Success;
    }

    /// <summary>The way to fal, with the limit of all paid runs as the budget; null where they are not allowed.</summary>
    /// <exception cref="ToolException">The options do not go together.</exception>
    private FalClientOptions? PaidOptions(ParseResult arguments)
    {
        var isAllowed = arguments.GetValue(_allowPaid);
        var maxCost = arguments.GetValue(_maxCost);
        if (!isAllowed && maxCost is null) return null;
        if (!isAllowed || maxCost is not { } limit || !arguments.GetValue(_open))
            throw new ToolException("Paid runs need --open, --allow-paid and --max-cost together.");
        if (limit <= 0) throw new ToolException("--max-cost is an amount of USD above 0.");
        return new FalClientOptions { Budget = limit };
    }

    private async Task<PlaygroundServer> OpenPageAsync(
        ParseResult arguments, FalEmulator emulator, FalClientOptions? paid, CancellationToken cancellation)
    {
        var options = new PlaygroundOptions(emulator, SpecOptions.LocalFiles(arguments.GetValue(_specs)), Console)
        {
            Port = arguments.GetValue(_pagePort) ?? 0,
            Paid = paid,
        };
        try
        {
            var page = await PlaygroundServer.StartAsync(options, cancellation).ConfigureAwait(false);
            Console.Out.WriteLine("page  " + page.Page);
            Console.Out.Flush();
            if (paid is not null) Console.Say($"The page may spend up to {paid.Budget} USD at {paid.QueueAddress.Host}.");
            if (!Console.OpenBrowser(page.Page)) Console.Say("No browser could be opened; open the page's URL yourself.");
            return page;
        }
        catch (Exception ex) when (ex is IOException or ArgumentException)
        {
            throw new ToolException("The page cannot be served: " + ex.Message, ex);
        }
    }

    /// <summary>The key of an option, in the form that clients accept.</summary>
    private static string? Key(ParseResult arguments, Option<string?> option)
    {
        var key = arguments.GetValue(option);
        if (key is null || (key.Split(':') is [{ Length: > 0 }, { Length: > 0 }] && key.All(c => c is > ' ' and < '\u007f'))) return key;
        throw new ToolException($"{option.Name} takes an id, a colon and a secret, without spaces.");
    }

    private static Option<int?> PortOption(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.LimitTo(0, 65535);
        return option;
    }

    private void Introduce(FalEmulator emulator)
    {
        // A program that starts the emulator reads the addresses; a person reads the rest.
        Console.Out.WriteLine("queue " + emulator.QueueAddress);
        Console.Out.WriteLine("run   " + emulator.RunAddress);
        Console.Out.WriteLine("rest  " + emulator.RestAddress);
        Console.Out.WriteLine("media " + emulator.MediaAddress);
        Console.Out.WriteLine("platform " + emulator.PlatformAddress);
        Console.Out.WriteLine("key   " + emulator.Key);
        Console.Out.WriteLine("admin " + emulator.AdminKey);
        Console.Out.Flush();
        Console.Say($"""
            {ReportText.Count(emulator.Endpoints.Count, "endpoint")}; Ctrl-C stops.

              An app that uses KlingGen needs no change, only these variables:
                export FAL_KEY={emulator.Key}
                export FAL_QUEUE_ADDRESS={emulator.QueueAddress}
                export FAL_RUN_ADDRESS={emulator.RunAddress}
                export FAL_REST_ADDRESS={emulator.RestAddress}
                export FAL_ADMIN_KEY={emulator.AdminKey}
                export FAL_PLATFORM_ADDRESS={emulator.PlatformAddress}

            """);
    }

    private string Line(FalReceivedRequest request)
    {
        var status = request.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "broken off";
        var painted = request.StatusCode is < 400 ? Console.ErrorPaint.Green(status) : Console.ErrorPaint.Red(status);
        return $"{request.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {painted} {request.Method} "
            + $"{Visible.Text(request.Path + request.Query)}";
    }
}
