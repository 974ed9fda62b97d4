using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Fal.Jobs.Tests;

public sealed class RegistrationTests(PostgreSqlServer server) : DatabaseTests(server)
{
    [Fact]
    public async Task Ledger_and_inbox_are_one_object()
    {
        await using var services = new ServiceCollection()
            .AddFalPostgreSqlLedger(options => (options.ConnectionString, options.Schema) = (ConnectionString, "team_b"))
            .BuildServiceProvider();
        var ledger = services.GetRequiredService<FalPostgreSqlLedger>();
        Assert.Same(ledger, services.GetRequiredService<IFalLedger>());
        Assert.Same(ledger, services.GetRequiredService<IFalWebhookInbox>());
        await ledger.AddBatchAsync("films", new FalJobPolicy());
        Assert.Equal(1L, await QueryAsync<long>("select count(*) from team_b.batch"));
    }

    [Fact]
    public async Task Ledger_uses_the_registered_data_source_and_leaves_it_open()
    {
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString);
        using (var services = new ServiceCollection().AddSingleton(_ => dataSource).AddFalPostgreSqlLedger().BuildServiceProvider())
        {
            var ledger = services.GetRequiredService<IFalLedger>();
            await ledger.AddBatchAsync("films", new FalJobPolicy());
            await ledger.WaitForWorkAsync(TimeSpan.FromMinutes(1));
        }
        var direct = new FalPostgreSqlLedger(dataSource);
        Assert.NotNull(direct);
    }

    [Fact]
    public void Missing_database_is_named()
    {
        using var services = new ServiceCollection().AddFalPostgreSqlLedger().BuildServiceProvider();
        var ex = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IFalLedger>());
        Assert.Contains("ConnectionString", ex.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddFalPostgreSqlLedger(options => options.Schema = "No"));
    }
}
