using System.CommandLine;
using KlingGen.Cli.Documents;
using KlingGen.Cli.Projects;
using KlingGen.Cli.Terminal;
using KlingGen.Planning;

namespace KlingGen.Cli.Commands;

/// <summary>Makes a project ready for KlingGen.</summary>
internal sealed class InitCommand : ToolCommand
{
    private const string FirstEndpoint = "fal-ai/kling-video/v2.6/pro/text-to-video";

    private readonly Argument<string?> _project = new("project")
    {
        Description = "The project file, or its folder; by default the current folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _endpoints = SpecOptions.Endpoints();

    private readonly Option<string[]> _copy = new("--copy")
    {
        Description = "Copies these endpoints' documents into the specs folder instead of naming them in FalEndpoints.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _agents = new("--agents")
    {
        Description = "Writes .agents/skills/klinggen/SKILL.md beside the project, which teaches a coding agent to use the package.",
    };

    public InitCommand(ToolConsole console)
        : base(
            console,
            "init",
            "Adds the package, a specs folder and first endpoints to a project. What is there already stays.",
            ("klinggen init", "the project in this folder, with one endpoint to begin with"),
            ("klinggen init src/App/App.csproj --endpoints 'fal-ai/kling-video/v2.6/**'", "certain endpoints"),
            ("klinggen init --copy fal-ai/kling-video/v1/tts", "with the document in the project, to be changed"),
            ("klinggen init --agents", "with a skill file for coding agents"))
    {
        Add(_project);
        Add(_endpoints);
        Add(_copy);
        Add(_agents);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var project = ProjectSetup.Find(arguments.GetValue(_project));
        var copies = arguments.GetValue(_copy) ?? [];
        var patterns = SpecOptions.Patterns(arguments.GetValue(_endpoints));
        var setup = new ProjectSetup(project, Console.Say);
        if (patterns.Count == 0 && copies.Length == 0 && !setup.HasEndpoints()) patterns = [FirstEndpoint];
        var isChanged = setup.Run(patterns, copies);
        if (arguments.GetValue(_agents)) isChanged |= setup.AddSkill();
        if (!isChanged) Console.Say($"{Path.GetFileName(project)} is ready; nothing to do.");
        return Task.FromResult(ExitCode.Success);
    }
}
