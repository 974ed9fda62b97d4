using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;

namespace KlingGen.Cli.Mcp;

/// <summary>
/// An append-only file of reservations, one JSON object a line, which survives restarts and is shared by processes under a file lock. A reservation
/// is on disk before anything is sent; it counts with the upper end of the estimate, and is taken back only where it is known that no job was made.
/// A file that cannot be read refuses every job.
/// </summary>
internal sealed class SpendingLedger(string path, decimal limit, TimeProvider time)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The file of the user.</summary>
    public static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "klinggen",
        "mcp-ledger.jsonl");

    /// <summary>What is left.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public decimal Remaining
    {
        get
        {
            using var file = Open();
            return limit - Sum(file);
        }
    }

    /// <summary>The limit, the rest, and where they are counted.</summary>
    public string Describe()
        => string.Create(CultureInfo.InvariantCulture, $"{Remaining:0.####} of {limit:0.####} USD is left in the ledger {path}");

    /// <summary>Reserves the cost of a job and returns the reservation's id.</summary>
    /// <exception cref="ToolException">The cost is unknown or more than is left, or the file cannot be read or written.</exception>
    public string Reserve(string endpointId, FalCostEstimate cost)
    {
        if (cost is not { Maximum: { } amount, Currency: "USD" })
        {
            throw new ToolException(
                $"The cost is {cost.ToString().TrimEnd('.')}. Nothing was sent: a job whose price is unknown could pass --max-cost.");
        }

        using var file = Open();
        var remaining = limit - Sum(file);
        if (amount > remaining)
        {
            throw new ToolException(string.Create(
                CultureInfo.InvariantCulture,
                $"The job may cost {cost}; {remaining:0.####} of --max-cost {limit:0.####} is left in the ledger {path}. Nothing was sent. "
                    + $"Ask the user to raise --max-cost, or ask for less, such as fewer seconds."));
        }

        var id = Guid.NewGuid().ToString("N");
        Append(file, new JsonObject { ["id"] = id, ["at"] = Now(), ["endpoint_id"] = endpointId, ["amount"] = amount });
        return id;
    }

    /// <summary>Remembers the job that a reservation became.</summary>
    public void Accept(string id, FalJobToken token)
    {
        using var file = Open();
        Sum(file);
        Append(file, new JsonObject { ["id"] = id, ["at"] = Now(), ["amount"] = 0, ["request_id"] = token.RequestId, ["token"] = token.ToString() });
    }

    /// <summary>Takes a reservation back: no job was made.</summary>
    public void Release(string id, FalCostEstimate cost)
    {
        using var file = Open();
        Sum(file);
        Append(file, new JsonObject { ["id"] = id, ["at"] = Now(), ["amount"] = -cost.Maximum });
    }

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Opens the file for this process alone.</summary>
    private FileStream Open()
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetElapsedTime(started) < LockTimeout)
            {
                // Another process writes a line; that takes milliseconds.
                Thread.Sleep(20);
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"The ledger {path} cannot be opened, so nothing was sent: {ex.Message}", ex);
            }
        }
    }

    /// <summary>Adds up the amounts and leaves the file at its end.</summary>
    private decimal Sum(FileStream file)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd();
        var (sum, number) = (0m, 0);
        if (text.Length > 0 && !text.EndsWith('\n')) throw Broken("its last line was not written to the end");
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            number++;
            try
            {
                sum += JsonNode.Parse(line)!["amount"]!.GetValue<decimal>();
            }
            catch (Exception ex) when (ex is JsonException or NullReferenceException or InvalidOperationException or FormatException)
            {
                throw Broken($"line {number} has no amount");
            }
        }

        return sum;
    }

    private ToolException Broken(string reason)
        => new($"The ledger {path} cannot be read: {reason}. Nothing was sent. Repair the line, or move the file away to begin a new one.");

    private static void Append(FileStream file, JsonObject entry)
    {
        file.Position = file.Length;
        file.Write(Encoding.UTF8.GetBytes(entry.ToJsonString() + "\n"));
        file.Flush(flushToDisk: true);
    }
}
