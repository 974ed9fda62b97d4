using System.CommandLine;
using Fal;
using KlingGen.Cli.Terminal;

namespace KlingGen.Cli.Commands;

/// <summary>A command about one job, which is named by its token, or by its endpoint and its request id.</summary>
internal abstract class JobCommand : PlatformCommand
{
    private readonly Argument<string[]> _job = new("job")
    {
        Description = "The job's token, or its endpoint and its request id.",
        Arity = new ArgumentArity(1, 2),
    };

    protected JobCommand(ToolConsole console, string name, string description, params (string Line, string Purpose)[] examples)
        : base(console, name, description, examples)
        => Add(_job);

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        string[] words = arguments.GetValue(_job)!;
        using var client = Client(arguments);
        FalJob<FalRawResult> job;
        try
        {
            job = words is [var text]
                ? FalJobToken.TryParse(text, out var token)
                    ? client.Endpoint(token.EndpointId).Resume(token)
                    : throw new ToolException($"'{text}' is not a job token. Give a token, or an endpoint and a request id.")
                : client.Endpoint(Endpoint(words[0])).Resume(words[1]);
        }
        catch (ArgumentException ex)
        {
            throw ToolException.From(ex);
        }
        return await RunAsync(job, cancellation).ConfigureAwait(false);
    }

    protected abstract Task<int> RunAsync(FalJob<FalRawResult> job, CancellationToken cancellation);
}
