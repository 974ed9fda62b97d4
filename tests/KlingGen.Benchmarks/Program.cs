using System.Diagnostics;
using System.Globalization;
using KlingGen.Benchmarks;

// dotnet run -c Release --project tests/KlingGen.Benchmarks -- --all             every row; writes generator/docs/BENCHMARKS.md
// dotnet run -c Release --project tests/KlingGen.Benchmarks -- --only <row>      one row, or several with commas
// options: --rounds <n> (instead of each row's own number), --no-page (prints the tables alone)
if (args is [Child.Argument, StubServer.Role, .. var serverArgs])
{
    await StubServer.RunAsync(serverArgs);
    return 0;
}

if (args is [Child.Argument, var name, .. var rest])
{
    var numbers = await Report.Rows.Single(row => row.Name == name).InChild!(rest);
    Console.WriteLine(Child.Line(numbers));
    return 0;
}

var only = Option("--only")?.Split(',');
if (only is null && !args.Contains("--all") || only?.FirstOrDefault(wanted => Report.Rows.All(row => row.Name != wanted)) is not null)
{
    Console.Error.WriteLine($"Give --all, or --only with names of these rows: {string.Join(", ", Report.Rows.Select(row => row.Name))}");
    return 2;
}
var sitting = new Sitting(Option("--rounds") is { } rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : null);
var writesPage = !args.Contains("--no-page");
var failed = false;
if (only is null && writesPage) Page.Write("machine", Page.Machine());
foreach (var row in Report.Rows.Where(row => only is null || only.Contains(row.Name)))
{
    var clock = Stopwatch.StartNew();
    string table;
    try
    {
        table = Page.Table(await row.Measure(sitting));
    }
    catch (NotRunException ex)
    {
        table = $"not run: {ex.Message}";
    }
    catch (Exception ex)
    {
        // One row that fails must not cost the sitting.
        failed = true;
        Console.Error.WriteLine(ex);
        table = "not run: it failed";
    }
    Console.WriteLine($"{row.Name} ({clock.Elapsed.TotalSeconds:0} s)\n{table}\n");
    if (writesPage) Page.Write(row.Name, table);
}
return failed ? 1 : 0;

string? Option(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
