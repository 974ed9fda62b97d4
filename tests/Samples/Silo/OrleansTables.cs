using Npgsql;

/// <summary>Creates the tables of Orleans' cluster and reminders, by Orleans' own scripts.</summary>
static class OrleansTables
{
    /// <summary>Creates the tables unless they exist. An advisory lock lets one of several silos create them.</summary>
    public static async Task CreateAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var guard = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('orleans'))", connection))
            await guard.ExecuteNonQueryAsync();
        await using (var query = new NpgsqlCommand("select to_regclass('OrleansQuery') is not null", connection))
        {
            if ((bool)(await query.ExecuteScalarAsync())!) return;
        }

        foreach (var name in new[] { "Main", "Clustering", "Reminders" })
        {
            var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "sql", $"PostgreSQL-{name}.sql"));
            await using var command = new NpgsqlCommand(script, connection);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
