using System.Text.RegularExpressions;

namespace Fal.Jobs;

/// <summary>Where a <see cref="FalPostgreSqlLedger"/> is.</summary>
public sealed partial class FalPostgreSqlLedgerOptions
{
    /// <summary>
    /// The connection string; only for <c>AddFalPostgreSqlLedger</c>. Null takes the <see cref="Npgsql.NpgsqlDataSource"/> that is registered.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The schema of the ledger's tables, and the channel of its notifications: <c>fal_jobs</c> unless set. Lower-case letters, digits and <c>_</c>.
    /// </summary>
    public string Schema { get; set; } = LedgerSql.DefaultSchema;

    /// <summary>
    /// Whether the first use creates the tables, and brings older ones up to date; true unless set. False needs no right to create tables: run the
    /// script of <see cref="FalPostgreSqlLedger.GetSchemaScript"/> instead.
    /// </summary>
    public bool Migrate { get; set; } = true;

    internal string RequireSchema() => RequireSchema(Schema);

    internal static string RequireSchema(string schema)
        => SchemaName().IsMatch(schema) ? schema : throw new ArgumentException(
            "FalPostgreSqlLedgerOptions.Schema must be 1 to 48 lower-case letters, digits and '_', and begin with no digit.");

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,47}\z")]
    private static partial Regex SchemaName();
}
