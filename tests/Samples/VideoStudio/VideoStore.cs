using System.Globalization;
using Fal;
using Microsoft.Data.Sqlite;

namespace VideoStudio;

/// <summary>A video as the page shows it.</summary>
internal sealed record Video(string Id, string Prompt, string State, string? Note = null)
{
    public DateTimeOffset Created { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>How much is done, where the model logs it.</summary>
    public int? Percent { get; init; }
}

/// <summary>
/// The states of a video. <see cref="Starting"/> is the intent: the row is written before the request is sent, and the token of the job after fal has
/// accepted it.
/// </summary>
internal static class VideoState
{
    public const string Starting = "starting";
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string Removed = "removed";
}

/// <summary>The history, in SQLite and a folder of videos, because fal keeps files for a limited time.</summary>
internal sealed class VideoStore
{
    private readonly string _folder;

    public VideoStore(IConfiguration configuration, IHostEnvironment environment)
    {
        _folder = Path.Combine(environment.ContentRootPath, configuration["Studio:Data"] ?? "data");
        Directory.CreateDirectory(_folder);
        Execute(
            """
            CREATE TABLE IF NOT EXISTS videos (
                id TEXT PRIMARY KEY, prompt TEXT NOT NULL, created TEXT NOT NULL, state TEXT NOT NULL, note TEXT, token TEXT)
            """);
    }

    public string FileOf(string id) => Path.Combine(_folder, id + ".mp4");

    public void Add(Video video) => Execute(
        "INSERT INTO videos (id, prompt, created, state) VALUES ($id, $prompt, $created, $state)",
        ("$id", video.Id),
        ("$prompt", video.Prompt),
        ("$created", video.Created.ToString("O", CultureInfo.InvariantCulture)),
        ("$state", video.State));

    public void SetToken(string id, FalJobToken token) => Execute(
        "UPDATE videos SET token = $token, state = $state WHERE id = $id", ("$id", id), ("$token", token.ToString()), ("$state", VideoState.Queued));

    public void SetState(Video video) => Execute(
        "UPDATE videos SET state = $state, note = $note WHERE id = $id", ("$id", video.Id), ("$state", video.State), ("$note", video.Note));

    public void Remove(string id) => Execute("DELETE FROM videos WHERE id = $id", ("$id", id));

    /// <summary>All videos, oldest first, each with its job where fal has accepted one.</summary>
    public IReadOnlyList<(Video Video, FalJobToken? Token)> List()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, prompt, state, note, created, token FROM videos ORDER BY created";
        using var row = command.ExecuteReader();
        var videos = new List<(Video, FalJobToken?)>();
        while (row.Read())
        {
            var video = new Video(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3))
            {
                Created = DateTimeOffset.Parse(row.GetString(4), CultureInfo.InvariantCulture),
            };
            videos.Add((video, row.IsDBNull(5) ? null : FalJobToken.Parse(row.GetString(5))));
        }
        return videos;
    }

    private void Execute(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "studio.db")}");
        connection.Open();
        return connection;
    }
}
