using System.CommandLine;
using Fal;
using Fal.Emulation;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Emulating;
using KlingGen.Cli.Running;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>Runs one job from the shell: checked first, followed to its end, its result printed and its files saved.</summary>
internal sealed class RunCommand : ToolCommand
{
    private readonly Argument<string?> _endpoint = new("endpoint")
    {
        HelpName = "endpoint",
        Description = "The endpoint's id, or the URL of its page at fal.ai; a token contains it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _input = new("--input") { Description = "A file with the request as JSON; - is standard input." };
    private readonly Option<string[]> _set = new("--set", "-s") { Description = "key=value, key=@local-file or key:=json; can be repeated." };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Saves the result's files: a folder, or the name for the first of them."
    };
    private readonly Option<bool> _emulator = new("--emulator") { Description = "Runs the job in an emulator inside this command." };
    private readonly Option<string?> _at = new("--at")
    {
        Description = "Runs the job in an emulator elsewhere: the queue's address, as klinggen serve prints it."
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Resumes a job instead of starting one: its token, or its request id after the endpoint.",
    };

    private readonly Option<string?> _timeout = new("--timeout")
    {
        Description = "How long to wait: 90, 90s, 10m, 2h. The job continues at fal; its token resumes it."
    };
    private readonly Option<decimal?> _maxCost = new("--max-cost")
    {
        Description = "Refuses the job if it may cost more than this, in USD, or if its cost is unknown.",
    };

    private readonly Option<bool> _skipChecks = new("--skip-checks")
    {
        Description = "Skips local validation, for a document that is older than fal's."
    };
    private readonly Option<string[]> _specs = SpecOptions.Local();

    public RunCommand(ToolConsole console)
        : base(
            console,
            "run",
            "Runs one job: checks it, follows it, prints its result as JSON. The key comes from FAL_KEY.",
            ("klinggen run fal-ai/kling-video/v2.6/pro/text-to-video --set prompt='A heron at dawn.' --out heron.mp4", "one film"),
            ("klinggen run fal-ai/kling-video/v1.6/pro/image-to-video --input request.json --set image_url=@car.jpg",
                "a request from a file, with a picture from here"),
            ("klinggen run --resume TOKEN", "goes on with a job after a timeout, or on another machine"),
            ("klinggen run fal-ai/kling-video/v1/tts --resume REQUEST-ID", "the same by the request id that fal's pages show"),
            ("klinggen run fal-ai/kling-video/v1/tts --set text=Hello --emulator", "without a key and without cost"))
    {
        _endpoint.CompletionSources.Add(EndpointIds.Complete);
        Add(_endpoint);
        Add(_input);
        Add(_set);
        Add(_out);
        Add(_emulator);
        Add(_at);
        Add(_resume);
        Add(_timeout);
        Add(_maxCost);
        Add(_skipChecks);
        Add(_specs);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var named = arguments.GetValue(_endpoint) is { } typed ? EndpointIds.FromUser(typed) : null;
        var (token, requestId) = Resumed(arguments.GetValue(_resume), named);
        var id = named ?? token?.EndpointId ?? throw new ToolException("Name an endpoint; 'klinggen list' shows those that are known.");
        if (!FalEndpointId.TryParse(id, out _))
            throw new ToolException($"'{id}' is not an endpoint id; one looks like fal-ai/kling-video/v1.6/pro/image-to-video.");
        if (token is not null && token.EndpointId != id) throw new ToolException($"The token is for '{token.EndpointId}', not for '{id}'.");
        var isResumed = token is not null || requestId is not null;
        if (isResumed && (arguments.GetValue(_input) is not null || arguments.GetValue(_set) is { Length: > 0 }))
            throw new ToolException("A job that is resumed has its input already; leave out --input and --set.");
        var options = new FalSubmitOptions
        {
            Deadline = Duration.Parse(arguments.GetValue(_timeout)),
            CancelJobOnCancellation = true,
            SkipLocalChecks = arguments.GetValue(_skipChecks),
            MaxCost = arguments.GetValue(_maxCost),
        };
        if (options.MaxCost < 0) throw new ToolException("--max-cost is an amount of USD, 0 or more.");

        var at = Emulators.AddressOf(arguments.GetValue(_at));
        if (at is not null && arguments.GetValue(_emulator)) throw new ToolException("Give either --emulator or --at.");

        RequestValue? request = null;
        if (!isResumed)
        {
            var known = KnownEndpoint.Find(id, SpecOptions.LocalFiles(arguments.GetValue(_specs)));
            request = InputReader.Read(arguments.GetValue(_input), arguments.GetValue(_set), id, known, Console);
            if (known is not null && options.SkipLocalChecks != true)
            {
                foreach (var unknown in InputChecks.UnknownProperties(known, request)) InputChecks.Warn(unknown + " It is sent anyway.", Console);
                if (InputChecks.Faults(known, request) is { Count: > 0 } faults) return Job.Refuse(Console, faults);
            }
        }

        if (arguments.GetValue(_out) is { } target) ResultMedia.Prepare(target);
        await using var emulator = arguments.GetValue(_emulator)
            ? await Emulators.StartAsync(arguments.GetValue(_specs), new FalEmulatorOptions(), cancellation).ConfigureAwait(false) : null;
        using var client = emulator?.CreateClient() ?? Emulators.Client(at);
        var job = new Job(Console, client, id) { ShowsToken = emulator is null, SaveTo = arguments.GetValue(_out) };
        return await job.RunAsync(request, token, requestId, options, cancellation).ConfigureAwait(false);
    }

    /// <summary>The job to resume: a token contains its endpoint, a request id needs it.</summary>
    private static (FalJobToken? Token, string? RequestId) Resumed(string? text, string? endpoint)
    {
        if (text is null) return (null, null);
        if (FalJobToken.TryParse(text, out var token)) return (token, null);
        if (text.StartsWith("fal1.", StringComparison.Ordinal))
            throw new ToolException("What follows --resume is a job token that was cut off or changed.");
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ToolException("What follows --resume is neither a job token nor a request id.");
        return endpoint is not null ? (null, text)
            : throw new ToolException($"'{text}' is a request id, which does not say its endpoint: klinggen run <endpoint> --resume {text}.");
    }
}
