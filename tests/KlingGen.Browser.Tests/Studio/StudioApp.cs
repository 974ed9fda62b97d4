using System.Diagnostics;
using System.Reflection;
using Fal.Emulation;

namespace KlingGen.Browser.Tests.Studio;

/// <summary>The sample VideoStudio as a process of its own, over an emulator that outlives it.</summary>
internal sealed class StudioApp : IAsyncDisposable
{
    private static readonly string Program = typeof(StudioApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "VideoStudio").Value!;

    private readonly string _data = Directory.CreateTempSubdirectory("klinggen-studio-").FullName;
    private readonly FalEmulator? _fal;
    private readonly string[] _settings;
    private Process? _process;

    private StudioApp(FalEmulator? fal, string[] settings)
    {
        _fal = fal;
        _settings = settings;
    }

    public FalEmulator Fal => _fal ?? throw new InvalidOperationException("The app has the emulator in its own process.");

    /// <summary>Where the app listens; the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Starts the app over an emulator whose jobs take about two seconds.</summary>
    public static async Task<StudioApp> StartAsync(params string[] settings)
    {
        var fal = await FalEmulator.StartAsync();
        fal.Script.For("**", FalEmulatedRun.Default with { PositionTime = TimeSpan.FromMilliseconds(500), Duration = TimeSpan.FromSeconds(2) });
        return await StartAsync(new StudioApp(fal, settings));
    }

    /// <summary>Starts the app as <c>dotnet run</c> does for a person without a key.</summary>
    public static Task<StudioApp> StartWithoutKeyAsync() => StartAsync(new StudioApp(null, []));

    /// <summary>Ends the process at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts the process, at the URL of the one before.</summary>
    public async Task RunAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Program, "--contentRoot", Repository.At("tests", "Samples", "VideoStudio"), "--urls", Address.ToString(), "--Studio:Data", _data,
                "--Logging:LogLevel:Default", "Information",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in _settings) start.ArgumentList.Add(setting);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FAL_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        if (_fal is not null)
        {
            start.Environment["ConnectionStrings__fal"] = $"Key={_fal.Key};QueueAddress={_fal.QueueAddress};RunAddress={_fal.RunAddress};"
                + $"RestAddress={_fal.RestAddress};PlatformAddress={_fal.PlatformAddress}";
        }
        _process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            Address = await address.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            lock (output) throw new TimeoutException("The app did not start: " + string.Join('\n', output));
        }

        void Read(string? line)
        {
            const string Listening = "Now listening on: ";
            if (line is null) return;
            lock (output) output.Add(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        if (_fal is not null) await _fal.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<StudioApp> StartAsync(StudioApp app)
    {
        await app.RunAsync();
        return app;
    }
}
