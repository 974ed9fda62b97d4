using KlingGen.Cli.Documents;
using KlingGen.Planning;

namespace KlingGen.Cli.Projects;

/// <summary>Prepares a project: package reference, package version, endpoints. Existing entries are not changed.</summary>
internal sealed class ProjectSetup(string projectPath, Action<string> say)
{
    private const string Package = "KlingGen";
    private const string Property = "FalEndpoints";
    private const string CentralFile = "Directory.Packages.props";

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(projectPath))!;

    /// <summary>The project that is meant.</summary>
    /// <param name="named">A project file, or a folder with one; null for the current folder.</param>
    /// <exception cref="ToolException">There is none, or more than one.</exception>
    public static string Find(string? named)
    {
        if (named is not null && File.Exists(named))
        {
            if (named.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)) return named;
            throw new ToolException($"'{named}' is not a C# project (*.csproj), and KlingGen generates C# only. "
                + "Put the endpoints into a C# class library and reference that.");
        }

        var folder = named ?? ".";
        if (!Directory.Exists(folder)) throw new ToolException($"There is no project '{named}'.");
        string[] projects = [.. Directory.GetFiles(folder, "*.csproj").Order(StringComparer.Ordinal)];
        return projects.Length switch
        {
            1 => projects[0],
            0 => throw new ToolException($"There is no C# project in '{Path.GetFullPath(folder)}'; name one: klinggen init path/to/App.csproj."),
            _ => throw new ToolException(
                $"There are several projects here ({string.Join(", ", projects.Select(Path.GetFileName))}); name the one that is meant."),
        };
    }

    /// <summary>Whether the project has endpoints already, by either way.</summary>
    public bool HasEndpoints()
    {
        var project = ProjectText.Load(projectPath);
        var folder = SpecsFolder(project);
        return project.Elements.Any(element => element.Name == Property && EndpointGlob.Split(element.Value).Length > 0)
            || (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Any());
    }

    /// <param name="patterns">Endpoints of the package for the property FalEndpoints; may be empty.</param>
    /// <param name="copies">Endpoints whose documents are copied into the specs folder; may be empty.</param>
    /// <returns>Whether anything was changed.</returns>
    public bool Run(IReadOnlyList<string> patterns, IReadOnlyList<string> copies)
    {
        SpecInput[][] copied = [.. copies.Select(BundledFiles)];
        var project = ProjectText.Load(projectPath);
        var central = CentralVersions(project);
        AddPackage(project, central);
        AddPatterns(project, patterns);
        var folder = SpecsFolder(project);
        var isChanged = project.IsChanged || central?.IsChanged == true || !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        foreach (var files in copied) isChanged |= Copy(files, folder);

        // The versions first: a project whose package has no version does not restore.
        central?.Save();
        project.Save();
        return isChanged;
    }

    /// <summary>Writes the skill file for coding agents; a file that is there stays.</summary>
    /// <returns>Whether it was written.</returns>
    public bool AddSkill()
    {
        const string Name = ".agents/skills/klinggen/SKILL.md";
        var path = Path.Combine(_folder, Name.Replace('/', Path.DirectorySeparatorChar));
        if (File.Exists(path)) return false;
        using var skill = typeof(ProjectSetup).Assembly.GetManifestResourceStream("SKILL.md")!;
        using var bytes = new MemoryStream();
        skill.CopyTo(bytes);
        AtomicFile.Write(path, bytes.ToArray());
        say(Name);
        return true;
    }

    private void AddPackage(ProjectText project, ProjectText? central)
    {
        if (central is not null && !Has(central, "PackageVersion"))
        {
            central.AddItem("PackageVersion", $"Include=\"{Package}\" Version=\"{SpecSet.Version}\"");
            say($"{CentralFile}: PackageVersion {Package} {SpecSet.Version}");
        }

        if (Has(project, "PackageReference")) return;
        project.AddItem("PackageReference", $"Include=\"{Package}\"" + (central is null ? $" Version=\"{SpecSet.Version}\"" : ""));
        say($"{Path.GetFileName(projectPath)}: PackageReference {Package}");
    }

    private void AddPatterns(ProjectText project, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0) return;
        var known = project.Elements.FirstOrDefault(element => element.Name == Property && element.IsUnconditional);
        var there = EndpointGlob.Split(known?.Value);
        string[] missing = [.. patterns.Except(there)];
        if (missing.Length == 0) return;
        if (known is null) project.AddProperty(Property, string.Join(';', missing));
        else project.SetValue(known, string.Join(';', there.Concat(missing)));
        say($"{Path.GetFileName(projectPath)}: {Property} {string.Join(';', missing)}");
    }

    private static SpecInput[] BundledFiles(string id)
    {
        SpecInput[] files = [.. SpecFiles.Bundled().Where(file => BelongsTo(id, Overlays.OverlayPairs.TargetOf(file.Key)))];
        if (files.All(file => file.Key != id)) throw new ToolException(
            $"'{id}' is none of the documents that come with the package; 'klinggen list' shows them, 'klinggen pull {id}' fetches others.");
        return files;
    }

    private bool Copy(SpecInput[] files, string folder)
    {
        var isChanged = false;
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Key.Replace('/', Path.DirectorySeparatorChar) + ".json");
            if (File.Exists(path)) continue;
            AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(file.Text));
            say(Path.GetRelativePath(_folder, path).Replace('\\', '/'));
            isChanged = true;
        }

        return isChanged;
    }

    /// <summary>The document, its overlay, and the shared enums that the overlay names.</summary>
    private static bool BelongsTo(string id, string key)
        => key == id || (Overlays.EnumFile.IsTarget(key) && id.StartsWith(key[..(key.LastIndexOf('/') + 1)], StringComparison.Ordinal));

    private string SpecsFolder(ProjectText project)
        => Path.Combine(_folder, project.Elements
            .FirstOrDefault(element => element is { Name: "FalSpecsFolder", IsUnconditional: true, Value.Length: > 0 })?
            .Value ?? "specs");

    /// <summary>The file in which versions are kept for many projects; null where each project keeps its own.</summary>
    private ProjectText? CentralVersions(ProjectText project)
    {
        if (Says(project) is { } own) return own ? Above(CentralFile) : null;
        if (Above(CentralFile) is not { } file) return null;
        return (Says(file) ?? (Above("Directory.Build.props") is { } shared ? Says(shared) : null)) == true ? file : null;
    }

    private static bool? Says(ProjectText file)
        => file.Elements.LastOrDefault(element => element.Name == "ManagePackageVersionsCentrally") is { } property
            ? property.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase)
            : null;

    private ProjectText? Above(string name)
    {
        for (var at = new DirectoryInfo(_folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, name);
            if (File.Exists(path)) return ProjectText.Load(path);
        }

        return null;
    }

    private static bool Has(ProjectText file, string item)
        => file.Elements.Where(element => element.Name == item)
            .Select(element => element.Attributes.GetValueOrDefault("Include") ?? element.Attributes.GetValueOrDefault("Update"))
            .Any(name => Package.Equals(name, StringComparison.OrdinalIgnoreCase));
}
