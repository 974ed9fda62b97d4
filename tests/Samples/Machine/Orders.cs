using System.Text.Json;
using Fal.Jobs;
using Npgsql;

namespace Samples.Machine;

/// <summary>Orders of a shop, each with the job that makes its clip.</summary>
internal static class Orders
{
    public static async Task AddAsync(NpgsqlDataSource database, FalPostgreSqlLedger ledger, string order, JsonElement input)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand("insert into orders (id) values (@id)", connection);
        insert.Parameters.AddWithValue("id", order);
        await insert.ExecuteNonQueryAsync();
        await ledger.Join(transaction).AddAsync([new FalNewEntry("films", order, "fal-ai/kling-video/v3/pro/text-to-video", input)]);
        await transaction.CommitAsync();                   // the order and its job, or neither
    }
}

/// <summary>Saves the files, and stores their paths in the transaction that marks the job as saved.</summary>
internal sealed class ClipSaver(NpgsqlDataSource database, FalPostgreSqlLedger ledger, string folder) : IFalJobSaver
{
    private readonly FalFolderSaver _files = new(folder);

    public async Task<IReadOnlyList<string>> SaveAsync(FalSaveCall save, CancellationToken cancellationToken)
    {
        var files = await _files.SaveAsync(save, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand("insert into clips (order_id, files) values (@id, @files)", connection);
        insert.Parameters.AddWithValue("id", save.Entry.Key);
        insert.Parameters.AddWithValue("files", files.ToArray());
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await save.StoreSavedAsync(ledger.Join(transaction), files, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return files;
    }
}
