using Fal.Tests.Harness;
using KlingGen.Cli.Pull;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Pull;

/// <summary>The engine against a server on loopback, with a clock that never waits.</summary>
internal sealed class PullFixture : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public PullFixture(Func<string, int, Answer> answer) => Server = new DocumentServer(answer);

    /// <summary>A server that has these documents, each at its id, and lists them on one page.</summary>
    public PullFixture(params (string Id, string Text)[] documents)
        : this((path, _) => documents.FirstOrDefault(document => path == AddressOf(document.Id)) is { Text: { } text }
            ? new Answer(200, text)
            : new Answer(404, "{}"))
    {
    }

    public DocumentServer Server { get; }

    public FakeTime Time { get; } = new() { SkipDelays = true };

    public TempFolder Folder { get; } = new();

    public string Specs => Folder.At("specs");

    public static string AddressOf(string id) => "/api/openapi/queue/openapi.json?endpoint_id=" + Uri.EscapeDataString(id);

    public Task<PullReport> PullAsync(params string[] ids) => RunAsync(new PullOrder(Specs, ids, [], Refresh: false, IsDryRun: false, Jobs: 4));

    public Task<PullReport> RunAsync(PullOrder order, CancellationToken cancellation = default)
        => new PullEngine(new FalServer(_http, Time, () => 0), FalAddressBook.ForHost(Server.Host)).RunAsync(order, new Silence(), cancellation);

    /// <summary>Everything below the folder, so that nothing left behind goes unseen.</summary>
    public string[] Files() => Directory.Exists(Specs) ? [.. Directory.GetFiles(Specs, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Specs, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)] : [];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }

    private sealed class Silence : IPullProgress
    {
        public void Start(int count)
        {
        }

        public void Done(PullResult result)
        {
        }
    }
}
