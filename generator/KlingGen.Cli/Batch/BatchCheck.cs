using System.Globalization;
using System.Text.Json.Nodes;
using Fal;
using Fal.Jobs;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Running;

namespace KlingGen.Cli.Batch;

/// <summary>Reads all jobs of a file and checks them as <c>klinggen run</c> checks one, before anything is submitted.</summary>
internal sealed class BatchCheck
{
    // Opens local files as a submit does. It sends nothing, so it needs no key.
    private static readonly FalClient Inspector = new(new FalClientOptions { Key = "no:key" });

    private readonly Dictionary<string, KnownEndpoint?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Line, FalNewEntry Entry)> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _outputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<LineProblem> _problems = [];
    private readonly List<CheckedJob> _jobs = [];
    private readonly SortedSet<string> _unknownProperties = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly BatchFiles _files;
    private readonly BatchCheckOptions _options;
    private readonly Lazy<SpecSet> _specs;

    private BatchCheck(string path, BatchCheckOptions options)
    {
        _path = path;
        _files = new BatchFiles(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _options = options;
        _specs = new(() => SpecSet.Read(options.Specs, ["**"]));
    }

    /// <summary>The jobs that have no problem, in the order of the file.</summary>
    public IReadOnlyList<CheckedJob> Jobs => _jobs;

    /// <summary>Everything that is wrong, by line.</summary>
    public IReadOnlyList<LineProblem> Problems => _problems;

    /// <summary>Properties that are in an input and in no document.</summary>
    public IReadOnlyCollection<string> UnknownProperties => _unknownProperties;

    /// <summary>How many lines repeat the key and the input of an earlier one; they are the same job.</summary>
    public int Repeated { get; private set; }

    /// <summary>Reads and checks.</summary>
    /// <param name="path">The file: <c>.csv</c> is CSV, everything else JSON Lines.</param>
    /// <param name="options">What else there is to know.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static async Task<BatchCheck> RunAsync(string path, BatchCheckOptions options, CancellationToken cancellation)
    {
        var check = new BatchCheck(path, options);
        try
        {
            using var text = new StreamReader(path);
            var isCsv = Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);
            foreach (var row in isCsv ? CsvLines.Read(text, check._problems) : JsonLines.Read(text, check._problems))
            {
                cancellation.ThrowIfCancellationRequested();
                await check.AddAsync(row, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The jobs '{path}' cannot be read: {ex.Message}", ex);
        }
        if (check is { Jobs.Count: 0, Problems.Count: 0 }) throw new ToolException($"'{path}' has no jobs.");
        check._problems.Sort((a, b) => a.Line.CompareTo(b.Line));
        return check;
    }

    /// <summary>A problem as one line, with the file and the line's number in front.</summary>
    public string Shown(LineProblem problem)
        => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(_path)}({problem.Line}): {problem.Message}");

    private async Task AddAsync(BatchRow row, CancellationToken cancellation)
    {
        var before = _problems.Count;
        try
        {
            if (Endpoint(row) is not { } id) return;
            var known = Find(id);
            if (known is null && !_options.SkipChecks)
            {
                Add(row, $"there is no document for '{id}'{Hint(id)}; 'klinggen pull {id}' fetches it, --skip-checks leaves the input to the server");
                return;
            }
            var input = row.MakeInput(known, _files);
            if (known is not null && !_options.SkipChecks) await CheckAsync(row, id, input, known, cancellation).ConfigureAwait(false);
            CheckOutput(row);
            if (_problems.Count == before) AddJob(row, id, input);
        }
        catch (ToolException ex)
        {
            Add(row, ex.Message);
        }
    }

    private string? Endpoint(BatchRow row)
    {
        if ((row.Endpoint ?? _options.Endpoint) is not { } typed)
        {
            Add(row, "names no endpoint; give every line an 'endpoint', or --endpoint for all of them");
            return null;
        }
        var id = EndpointIds.FromUser(typed);
        if (FalEndpointId.TryParse(id, out _)) return id;
        Add(row, $"'{typed}' is not an endpoint id; one looks like fal-ai/kling-video/v1.6/pro/image-to-video");
        return null;
    }

    private KnownEndpoint? Find(string id)
    {
        if (!_known.TryGetValue(id, out var known)) _known[id] = known = KnownEndpoint.Find(id, _specs.Value);
        return known;
    }

    private string Hint(string id) => Planning.EndpointHint.Nearest(id, [.. _specs.Value.Sources.Select(source => source.Key)]) is { } nearest
        ? $" (did you mean '{nearest}'?)" : "";

    private async Task CheckAsync(BatchRow row, string id, JsonObject input, KnownEndpoint known, CancellationToken cancellation)
    {
        var request = new RequestValue(input, known, known.Request);
        var inspected = await new FalEndpoint<RequestValue, FalRawResult>(Inspector, id).CheckAsync(request, cancellation).ConfigureAwait(false);
        foreach (var fault in InputChecks.Faults(known, request).Concat(inspected.Select(problem => problem.Message)).Distinct()) Add(row, fault);
        foreach (var name in InputChecks.UnknownProperties(known, request)) _unknownProperties.Add(name);
    }

    /// <summary>No job writes outside the folder of the results.</summary>
    private void CheckOutput(BatchRow row)
    {
        if (row.Output is not { } output) return;
        if (output.Length == 0 || Path.EndsInDirectorySeparator(output) || Path.IsPathRooted(output) || output.Split('/', '\\').Contains(".."))
            Add(row, $"'out' must be the name of a file below the folder of the results, not '{output}'");
    }

    private void AddJob(BatchRow row, string id, JsonObject input)
    {
        var key = row.Key ?? string.Create(CultureInfo.InvariantCulture, $"line-{row.Line}");
        var (json, media) = _files.Detach(input);
        FalNewEntry entry;
        try
        {
            entry = new FalNewEntry(_options.Batch, key, id, json, media, row.Output);
        }
        catch (ArgumentException ex)
        {
            Add(row, ex.Message.Split(" (Parameter", 2)[0]);
            return;
        }
        if (_keys.TryGetValue(key, out var first))
        {
            if (first.Entry.InputHash == entry.InputHash) Repeated++;
            else Add(row, string.Create(CultureInfo.InvariantCulture, $"the key '{key}' is that of line {first.Line}, which is another job"));
            return;
        }
        _keys[key] = (row.Line, entry);
        // An extension is added where the name has none, so names that differ in it alone may be the same file.
        if (row.Output is { } output && !_outputs.TryAdd(Path.ChangeExtension(output.Replace('\\', '/'), null), row.Line))
            Add(row, $"'out' names the file '{output}' of another line; give each job a name of its own");
        else _jobs.Add(new CheckedJob(row.Line, entry, FalPriceList.Bundled.Estimate(id, json)));
    }

    private void Add(BatchRow row, string message) => _problems.Add(new(row.Line, message));
}

/// <summary>A job without problems.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Entry">What the ledger gets.</param>
/// <param name="Cost">What it may cost.</param>
internal sealed record CheckedJob(int Line, FalNewEntry Entry, FalCostEstimate Cost);

/// <summary>What a check needs besides the file.</summary>
internal sealed record BatchCheckOptions
{
    /// <summary>The name of the batch.</summary>
    public required string Batch { get; init; }

    /// <summary>The endpoint of lines without one.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Leaves the inputs to the server.</summary>
    public bool SkipChecks { get; init; }

    /// <summary>The user's own documents.</summary>
    public IReadOnlyList<SpecInput> Specs { get; init; } = [];
}
