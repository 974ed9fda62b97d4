using System.Diagnostics;
using System.Globalization;

namespace KlingGen.Benchmarks;

/// <summary><c>dotnet build</c> after one file was touched, with a warm compiler server, above the same project without KlingGen.</summary>
internal static class BuildRow
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "klinggen-benchmark-build");
    private static readonly (int Endpoints, string Target)[] Sizes = [(1, "<= 0.3 s"), (10, "<= 0.6 s"), (75, "<= 1.5 s")];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Sitting sitting)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        string[] projects = [Create(0), .. Sizes.Select(size => Create(size.Endpoints))];
        foreach (var project in projects)
        {
            await DotnetAsync("restore", project);
            await BuildAsync(project);
            await BuildAsync(project);
        }
        var sides = await sitting.AlternateAsync(7, [.. projects.Select(project => (Func<Task<double[]>>)(() => BuildAsync(project)))]);
        return [.. Sizes.Select((size, i) => Figure.Beside(
            $"`dotnet build` after an edit, {size.Endpoints} endpoint{(size.Endpoints == 1 ? "" : "s")}",
            "s",
            (sides[i + 1][0], sides[0][0]),
            "without KlingGen",
            size.Target) with { IsDifference = true })];
    }

    /// <summary>Touches one file and builds; the seconds that it takes.</summary>
    private static async Task<double[]> BuildAsync(string project)
    {
        await File.AppendAllTextAsync(Path.Combine(Path.GetDirectoryName(project)!, "Work.cs"), "// edited\n");
        var clock = Stopwatch.StartNew();
        await DotnetAsync("build", project, "--no-restore");
        return [clock.Elapsed.TotalSeconds];
    }

    private static Task<string> DotnetAsync(string command, params string[] args)
    {
        var start = new ProcessStartInfo(Dotnet.Path, [command, .. args, "-v", "q", "--nologo"]) { WorkingDirectory = Folder };
        start.Environment["UseSharedCompilation"] = "true";
        return Child.OutputAsync(start);
    }

    /// <summary>A console project with the generator, the runtime and the wiring of the package, over copies of the first documents.</summary>
    private static string Create(int endpoints)
    {
        var name = "Endpoints" + endpoints.ToString(CultureInfo.InvariantCulture);
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        foreach (var (key, text) in Documents.Take(endpoints))
        {
            var path = Path.Combine(folder, "specs", key + ".json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        var wiring = Path.Combine(Repository.Root, "generator", "KlingGen.Generator", "build");
        var isPlain = endpoints == 0;
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {(isPlain ? "" : $"<Import Project=\"{wiring}/KlingGen.props\" />")}
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              {(isPlain ? "" : $"""
              <ItemGroup>
                <Analyzer Include="{typeof(SpecGenerator).Assembly.Location}" />
                <Reference Include="{typeof(Fal.FalClient).Assembly.Location}" />
              </ItemGroup>
              <Import Project="{wiring}/KlingGen.targets" />
              """)}
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "Console.WriteLine(Work.Sum(3));\n");
        File.WriteAllText(Path.Combine(folder, "Work.cs"), "static class Work { public static int Sum(int n) => n < 1 ? 0 : n + Sum(n - 1); }\n");
        return Path.Combine(folder, name + ".csproj");
    }
}
