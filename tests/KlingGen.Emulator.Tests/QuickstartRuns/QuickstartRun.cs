namespace Fal.Emulation.Tests.QuickstartRuns;

/// <summary>One run of the quick start without a key, for all who look at what came of it.</summary>
public sealed class QuickstartRun : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("klinggen");

    public string Target => Path.Combine(_folder.FullName, "car.mp4");

    public int ExitCode { get; private set; }

    public IReadOnlyList<string> Lines { get; private set; } = [];

    public async Task InitializeAsync()
    {
        using var quickstart = new QuickstartProcess([Target]);
        (ExitCode, Lines) = await quickstart.EndAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
