using System.Diagnostics;

namespace Fal.Jobs.Tests;

/// <summary>Which owners of leases are processes of this machine that have exited.</summary>
public sealed class OrphansTests
{
    [Fact]
    public void IsGone_is_true_for_exited_processes_of_this_machine_only()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var own = Orphans.NewOwner();
        var exited = own.Replace($":{Environment.ProcessId}:", $":{process.Id}:", StringComparison.Ordinal);
        Assert.True(Orphans.IsGone(exited));
        Assert.False(Orphans.IsGone(own));
        Assert.False(Orphans.IsGone("other" + exited));
        Assert.False(Orphans.IsGone("dead"));
    }

    [Fact]
    public void IsGone_is_false_for_a_process_of_another_container_with_the_same_host_name()
    {
        if (!OperatingSystem.IsLinux()) return;
        var parts = Orphans.NewOwner().Split(':');
        var machine = parts[0].Split('/');
        Assert.Equal((Environment.MachineName, 3), (machine[0], machine.Length));
        Assert.True(Guid.TryParse(machine[1], out _), parts[0]);
        Assert.True(long.TryParse(machine[2], out var space), parts[0]);
        const int NoProcess = int.MaxValue;
        Assert.True(Orphans.IsGone($"{parts[0]}:{NoProcess}:x"));
        Assert.False(Orphans.IsGone($"{machine[0]}/{machine[1]}/{space + 1}:{NoProcess}:x"));
        Assert.False(Orphans.IsGone($"{machine[0]}/{Guid.NewGuid()}/{machine[2]}:{NoProcess}:x"));
    }
}
