using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using KlingGen.Benchmarks;

// dotnet run -c Release --project tests/KlingGen.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/KlingGen.Benchmarks -- first     (the driver's first run in a fresh process)
// dotnet run -c Release --project tests/KlingGen.Benchmarks -- analyzers (how long each analyzer runs, by the compiler's own count)
if (args is ["first"])
{
    FirstRun.Measure();
    return;
}

if (args is ["analyzers"])
{
    await AnalyzerReport.Measure();
    return;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(10).WithWarmupCount(8))
    .WithOptions(ConfigOptions.DisableOptimizationsValidator);
BenchmarkSwitcher.FromAssembly(typeof(Documents).Assembly).Run(args, config);
