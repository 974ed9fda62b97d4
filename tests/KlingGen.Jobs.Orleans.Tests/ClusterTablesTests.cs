using System.Net;
using Fal.Jobs.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Fal.Jobs.Orleans.Tests;

/// <summary>Orleans' own providers on the tables of Orleans' scripts in the package.</summary>
public sealed class ClusterTablesTests(PostgreSqlServer server) : DatabaseTests(server)
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public async Task Membership_is_changed_by_compare_and_swap_on_its_version()
    {
        using var host = await CreateHostAsync();
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true);
        var empty = await table.ReadAllAsync();
        Assert.Empty(empty.Members);

        var silo = Silo(11111, SiloStatus.Joining);
        Assert.True(await table.InsertRowAsync(silo, empty.Version.Next()));
        Assert.False(await table.InsertRowAsync(Silo(11112, SiloStatus.Joining), empty.Version.Next()));
        var (entry, etag) = Assert.Single((await table.ReadAllAsync()).Members);
        Assert.Equal((silo.SiloAddress, silo.SiloName, silo.ProxyPort, Start), (entry.SiloAddress, entry.SiloName, entry.ProxyPort, entry.StartTime));

        entry.Status = SiloStatus.Dead;
        entry.AddSuspector(SiloAddress.New(IPAddress.Loopback, 11113, 7), Start);
        var version = (await table.ReadRowAsync(silo.SiloAddress)).Version;
        Assert.True(await table.UpdateRowAsync(entry, etag, version.Next()));
        Assert.False(await table.UpdateRowAsync(entry, etag, version.Next()));
        var changed = Assert.Single((await table.ReadRowAsync(silo.SiloAddress)).Members).Item1;
        Assert.Equal((SiloStatus.Dead, (int?)1), (changed.Status, changed.SuspectTimes?.Count));

        changed.IAmAliveTime = Start.AddHours(1);
        await table.UpdateIAmAliveAsync(changed);
        await table.CleanupDefunctSiloEntriesAsync(Start.AddMinutes(30));
        Assert.Equal(Start.AddHours(1), Assert.Single((await table.ReadAllAsync()).Members).Item1.IAmAliveTime);
        await table.CleanupDefunctSiloEntriesAsync(Start.AddHours(2));
        var cleaned = await table.ReadAllAsync();
        Assert.Empty(cleaned.Members);
        Assert.Equal(version.Version + 1, cleaned.Version.Version);
        await table.DeleteMembershipTableEntriesAsync("tests");
    }

    [Fact]
    public async Task Reminders_are_read_by_ranges_of_the_ring()
    {
        using var host = await CreateHostAsync();
        var table = host.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync();
        var grains = Enumerable.Range(0, 20).Select(i => GrainId.Create("shard", $"s{i}")).OrderBy(grain => grain.GetUniformHashCode()).ToList();
        foreach (var grain in grains) await table.UpsertRow(Reminder(grain, TimeSpan.FromMinutes(1)));
        await table.UpsertRow(Reminder(grains[3], TimeSpan.FromMinutes(2)));

        var one = await table.ReadRow(grains[3], "due");
        Assert.Equal((TimeSpan.FromMinutes(2), Start), (one!.Period, one.StartAt));
        Assert.Single((await table.ReadRows(grains[3])).Reminders);
        var (begin, end) = (grains[4].GetUniformHashCode(), grains[14].GetUniformHashCode());
        Assert.Equal(grains[5..15].Order(), (await table.ReadRows(begin, end)).Reminders.Select(reminder => reminder.GrainId).Order());
        var around = (await table.ReadRows(end, begin)).Reminders.Select(reminder => reminder.GrainId);
        Assert.Equal(grains[15..].Concat(grains[..5]).Order(), around.Order());
        Assert.Equal(20, (await table.ReadRows(0, 0)).Reminders.Count);

        Assert.False(await table.RemoveRow(grains[3], "due", "77"));
        Assert.True(await table.RemoveRow(grains[3], "due", one.ETag!));
        Assert.Null(await table.ReadRow(grains[3], "due"));
    }

    private static MembershipEntry Silo(int port, SiloStatus status) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 42),
        SiloName = "one",
        HostName = "localhost",
        Status = status,
        ProxyPort = 30000,
        StartTime = Start,
        IAmAliveTime = Start,
    };

    private static ReminderEntry Reminder(GrainId grain, TimeSpan period)
        => new() { GrainId = grain, ReminderName = "due", StartAt = Start, Period = period };

    /// <summary>A silo that is not started. The tables are created as by two silos that start at one time.</summary>
    private async Task<IHost> CreateHostAsync()
    {
        await Task.WhenAll(OrleansTables.CreateAsync(ConnectionString), OrleansTables.CreateAsync(ConnectionString));
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", ConnectionString))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = ("Npgsql", ConnectionString))
            .Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "tests"));
        return builder.Build();
    }
}
