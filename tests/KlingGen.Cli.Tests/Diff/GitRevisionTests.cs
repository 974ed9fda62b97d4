using System.Diagnostics;
using KlingGen.Cli.Diff;
using KlingGen.Cli.Tests.Harness;

namespace KlingGen.Cli.Tests.Diff;

public sealed class GitRevisionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public GitRevisionTests()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "Tests");
        Git("config", "user.email", "tests@example.com");
        Git("config", "commit.gpgsign", "false");
        _folder.Write("specs/acme/lumen/clip.json", "old");
        _folder.Write("specs/acme/lumen/clip.overlay.json", "overlay");
        _folder.Write("specs/acme/lumen/füße $(x).json", "strange");
        _folder.Write("specs/README.md", "no document");
        Git("add", ".");
        Git("commit", "-q", "-m", "First");
        _folder.Write("specs/acme/lumen/clip.json", "new");
        Git("commit", "-q", "-a", "-m", "Second");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(string Key, string Text)[]> ReadAsync(string text)
        => [.. (await new GitRevision(_folder.Root).ReadAsync(text, CancellationToken.None)).Select(input => (input.Key, input.Text))];

    [Fact]
    public async Task A_folder_is_read_as_it_was()
    {
        Assert.Equal(
            [("acme/lumen/clip", "old"), ("acme/lumen/clip.overlay", "overlay"), ("acme/lumen/füße $(x)", "strange")],
            await ReadAsync("HEAD~1:specs"));
        Assert.Equal(("acme/lumen/clip", "new"), (await ReadAsync("HEAD:specs"))[0]);
    }

    [Fact]
    public async Task Keys_count_from_the_folder_called_specs() => Assert.Equal("acme/lumen/clip", (await ReadAsync("main:specs/acme"))[0].Key);

    [Fact]
    public async Task A_file_brings_its_overlay()
        => Assert.Equal([("acme/lumen/clip", "old"), ("acme/lumen/clip.overlay", "overlay")], await ReadAsync("HEAD~1:specs/acme/lumen/clip.json"));

    [Theory]
    [InlineData("nowhere:specs")]
    [InlineData("HEAD:elsewhere")]
    [InlineData("--output=x:specs")]
    [InlineData("$(touch x):specs")]
    public async Task What_git_does_not_know_is_said(string text)
    {
        await Assert.ThrowsAsync<ToolException>(() => ReadAsync(text));
        Assert.False(File.Exists(_folder.At("x")));
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.Root, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
