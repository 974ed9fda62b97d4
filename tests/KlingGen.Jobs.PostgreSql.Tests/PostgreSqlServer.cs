using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Fal.Jobs.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own: the distribution's programs, a temporary folder, a free port. The server refuses to run as root, so that
/// root starts it as the user <c>postgres</c>.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string DebianVersions = "/usr/lib/postgresql";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"klinggen-postgresql-{Guid.NewGuid():N}");
    private readonly string _programs = FindPrograms();
    private Process? _server;
    private int _port;
    private int _databases;

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", _folder);
        // The data need not outlive a power cut, here and in the settings below.
        await RunAsync(AsUser("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C", "--no-instructions"));
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePort();
            if (await StartAsync()) return;
            if (attempt == 5) throw new InvalidOperationException("PostgreSQL does not start.");
        }
    }

    /// <summary>Ends the server as a crash does, with all its connections, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        if (!await StartAsync()) throw new InvalidOperationException("PostgreSQL does not start again.");
    }

    /// <summary>The connection string of a new database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = FormattableString.Invariant($"test{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionString(string database)
        => FormattableString.Invariant($"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Include Error Detail=true");

    private async Task<bool> StartAsync()
    {
        // No socket file: its path has a limit that temporary folders exceed.
        string[] settings =
        [
            "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "full_page_writes=off", "max_connections=200",
            "shared_buffers=32MB",
        ];
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _server = Start(AsUser("postgres", ["-D", Data, "-p", port, .. settings.SelectMany(setting => new[] { "-c", setting })]));
        for (var i = 0; i < 600 && !_server.HasExited; i++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }
        return false;
    }

    private async Task StopAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not { HasExited: false }) return;
        // Immediate shutdown of this server and its children, by its own id.
        await RunAsync("kill", "-QUIT", _server.Id.ToString(CultureInfo.InvariantCulture));
        await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        _server.Dispose();
        _server = null;
    }

    // setpriv executes the program in its own place, so that the id of the process is the server's.
    private string[] AsUser(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_programs, program), .. arguments];
        return Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--inh-caps=-all", .. command]
            : command;
    }

    private static string FindPrograms()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).ToList();
        if (Directory.Exists(DebianVersions))
            folders.AddRange(Directory.GetDirectories(DebianVersions).OrderDescending().Select(version => Path.Combine(version, "bin")));
        // Where both are together; a link in /usr/bin may lead to one of them alone.
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            ?? throw new InvalidOperationException("These tests need PostgreSQL. Install the distribution's package: apt-get install postgresql");
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    private static Process Start(string[] command)
    {
        // The server's user must be able to read the working folder.
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One server for all tests of the run; each test has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgreSqlGroup : ICollectionFixture<PostgreSqlServer>
{
    public const string Name = "PostgreSQL";
}
