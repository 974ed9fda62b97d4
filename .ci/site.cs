// The two steps around docfx that .ci/site takes.
//   stage <repository> <folder> <web>: copies the pages with links that docfx resolves, and writes the tables of contents and docfx.json
//   llms  <folder>:                    writes llms.txt, llms-full.txt and page.html.md beside each page, as https://llmstxt.org proposes
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

if (args is ["stage", var repository, var target, var web]) new Stage(repository, target, web.TrimEnd('/') + "/blob/main/").Run();
else if (args is ["llms", var folder]) Llms.Write(folder);
else throw new ArgumentException("usage: stage <repository> <folder> <web> | llms <folder>");

internal sealed class Stage(string repository, string target, string web)
{
    private const string Docs = "generator/docs/";
    private const string Rules = Docs + "rules/";

    private readonly SortedSet<string> _pages = new(StringComparer.Ordinal) { "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md" };

    public void Run()
    {
        foreach (var folder in (string[])["generator/docs", "specs", "runtime", "generator/KlingGen.Cli"]) Collect(folder);
        foreach (var page in _pages) Write(Staged(page), Rewrite(page));
        // The icon of the packages in the height of the navigation bar, whose template shows images in their own size.
        Write("logo.svg", """
            <svg xmlns="http://www.w3.org/2000/svg" width="38" height="38" viewBox="0 0 128 128">
              <rect width="128" height="128" rx="28" fill="#4a4fc4"/><path d="M46 32 94 64 46 94z" fill="#fff"/>
            </svg>
            """);
        Write("template/public/main.css", "#logo { margin-right: .5rem; }\n");
        WriteContents();
        WriteSettings();
        Console.WriteLine($"{_pages.Count} pages");
    }

    private void Collect(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(repository, folder), "*.md", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(repository, file).Replace('\\', '/');
            if (!path.Split('/').Any(part => part is "bin" or "obj")) _pages.Add(path);
        }
    }

    // README is the start page; everything else keeps its place, so that relative links stay as they are.
    private static string Staged(string page) => page == "README.md" ? "index.md" : page;

    private string Read(string page) => File.ReadAllText(Path.Combine(repository, page)).ReplaceLineEndings("\n");

    private string Rewrite(string page)
    {
        var inBlock = false;
        return string.Join('\n', Read(page).Split('\n').Select(line =>
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) inBlock = !inBlock;
            return inBlock ? line : Link().Replace(line, match => $"]({Resolve(page, match.Groups[1].Value)})");
        }));
    }

    // A link to a page of the site is relative; one to another file of the repository leads to the web.
    private string Resolve(string page, string link)
    {
        if (link.StartsWith('#')) return link;
        var absolute = link.StartsWith(web, StringComparison.Ordinal);
        if (!absolute && (link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))) return link;
        var parts = (absolute ? link[web.Length..] : link).Split('#', 2);
        var path = absolute ? parts[0] : Relative(repository, Path.Combine(repository, Path.GetDirectoryName(page)!, parts[0]));
        var anchor = parts.Length > 1 ? "#" + parts[1] : "";
        return _pages.Contains(path) ? Relative("/" + Path.GetDirectoryName(page), "/" + Staged(path)) + anchor : web + path + anchor;
    }

    private static string Relative(string from, string to) => Path.GetRelativePath(Path.GetFullPath(from), Path.GetFullPath(to)).Replace('\\', '/');

    private void WriteContents()
    {
        WriteContents("", [("Documentation", Docs), ("Diagnostics", Rules), ("Packages", "runtime/"), ("API reference", "api/")]);
        // The tables of README are the list of pages, in its order.
        var listed = Row().Matches(Read("README.md"))
            .Select(row => (Name: row.Groups[1].Value, Page: row.Groups[2].Value.Replace(web, "", StringComparison.Ordinal)))
            .Where(entry => entry.Page != Rules + "README.md").ToArray();
        var pages = listed.Where(entry => _pages.Contains(entry.Page)).Select(entry => (entry.Name, Relative(Docs, entry.Page)));
        WriteContents(Docs, [.. pages]);
        var rules = _pages.Where(page => page.StartsWith(Rules, StringComparison.Ordinal))
            .OrderBy(page => !page.EndsWith("README.md", StringComparison.Ordinal));
        WriteContents(Rules, [.. rules.Select(page => (Title(page), page[Rules.Length..]))]);
        var packages = _pages.Where(page => page.Split('/') is ["runtime" or "generator", not "docs", "README.md"]);
        WriteContents("runtime/", [.. packages.Select(page => (Title(page), Relative("runtime", page)))]);
    }

    private void WriteContents(string folder, IReadOnlyList<(string Name, string Page)> entries)
        => Write(folder + "toc.yml", string.Concat(entries.Select(entry => $"- name: {Quoted(entry.Name)}\n  href: {entry.Page}\n")));

    private static string Quoted(string text) => '"' + text.Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private string Title(string page)
        => Read(page).Split('\n').First(line => line.StartsWith("# ", StringComparison.Ordinal))[2..].Replace("`", "", StringComparison.Ordinal);

    private void WriteSettings()
    {
        var sources = string.Join(", ", Directory.EnumerateFiles(Path.Combine(repository, "runtime"), "*.csproj", SearchOption.AllDirectories)
            .Select(project => (Folder: Path.GetDirectoryName(project)!, Name: Path.GetFileNameWithoutExtension(project)))
            .OrderBy(project => project.Name, StringComparer.Ordinal)
            .Select(project => $$"""{ "src": "{{NewestBuild(project.Folder).Replace('\\', '/')}}", "files": ["{{project.Name}}.dll"] }"""));
        var references = string.Join(", ", References().DistinctBy(Path.GetFileName, StringComparer.Ordinal)
            .Select(file => (Folder: Path.GetDirectoryName(file)!, Name: Path.GetFileName(file)))
            .Select(file => $$"""{ "src": "{{file.Folder.Replace('\\', '/')}}", "files": ["{{file.Name}}"] }"""));
        Write("docfx.json", $$"""
            {
              "metadata": [{
                "src": [{{sources}}],
                "references": [{{references}}],
                "dest": "api", "disableGitFeatures": true, "namespaceLayout": "nested", "memberLayout": "samePage", "enumSortOrder": "declaringOrder"
              }],
              "build": {
                "content": [{ "files": ["**/*.{md,yml}"], "exclude": ["_site/**"] }],
                "resource": [{ "files": ["logo.svg"] }],
                "output": "_site", "template": ["default", "modern", "template"], "disableGitFeatures": true,
                "globalMetadata": {
                  "_appName": "KlingGen", "_appTitle": "KlingGen", "_appFooter": "KlingGen", "_appLogoPath": "logo.svg",
                  "_enableSearch": true, "pdf": false
                }
              }
            }
            """);
    }

    // Nearly all packages have net10.0; the one for Aspire has net8.0 alone.
    private static string NewestBuild(string project)
    {
        var release = Path.Combine(project, "bin", "Release");
        var newest = Path.Combine(release, "net10.0");
        return Directory.Exists(newest) ? newest : Path.Combine(release, "net8.0");
    }

    // What the assemblies refer to: the web framework, and the packages that the projects were restored with.
    private IEnumerable<string> References()
    {
        var core = new DirectoryInfo(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        var framework = Path.Combine(core.Parent!.Parent!.FullName, "Microsoft.AspNetCore.App", core.Name);
        foreach (var file in Directory.EnumerateFiles(framework, "*.dll")) yield return file;
        foreach (var assets in Directory.EnumerateFiles(Path.Combine(repository, "runtime"), "project.assets.json", SearchOption.AllDirectories))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(assets));
            var cache = json.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
            var targets = json.RootElement.GetProperty("targets");
            var libraries = targets.TryGetProperty("net10.0", out var newest) ? newest : targets.EnumerateObject().First().Value;
            foreach (var library in libraries.EnumerateObject().Where(library => library.Value.TryGetProperty("compile", out _)))
            {
                if (library.Value.GetProperty("type").GetString() != "package") continue;
                foreach (var file in library.Value.GetProperty("compile").EnumerateObject().Select(file => file.Name))
                    if (file.EndsWith(".dll", StringComparison.Ordinal)) yield return Path.Combine(cache, library.Name.ToLowerInvariant(), file);
            }
        }
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(target, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static Regex Link() => new(@"\]\(([^)\s]+)\)");

    private static Regex Row() => new(@"^\| \[([^\]]+)\]\(([^)#\s]+)\)", RegexOptions.Multiline);
}

internal static class Llms
{
    public static void Write(string folder)
    {
        var site = Path.Combine(folder, "_site");
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(site, "manifest.json")));
        var files = manifest.RootElement.GetProperty("files").EnumerateArray()
            .Where(file => file.GetProperty("output").TryGetProperty(".html", out _))
            .Select(file => (
                Type: file.GetProperty("type").GetString(),
                Source: file.GetProperty("source_relative_path").GetString()!,
                Page: file.GetProperty("output").GetProperty(".html").GetProperty("relative_path").GetString()!))
            .OrderBy(file => file.Source, StringComparer.Ordinal).ToArray();
        var map = new StringBuilder("# KlingGen\n\n> Typed, validated .NET clients for fal.ai, generated at compile time from OpenAPI documents.\n");
        var full = new StringBuilder();
        foreach (var section in files.Where(file => file.Type == "Conceptual").GroupBy(file => Path.GetDirectoryName(file.Source)!))
        {
            map.Append("\n## ").Append(section.Key.Length == 0 ? "Start" : section.Key).Append("\n\n");
            foreach (var (_, source, page) in section)
            {
                var text = File.ReadAllText(Path.Combine(folder, source));
                var title = text.Split('\n').First(line => line.StartsWith("# ", StringComparison.Ordinal))[2..];
                map.Append("- [").Append(title).Append("](").Append(page).Append(".md)\n");
                File.WriteAllText(Path.Combine(site, page + ".md"), text);
                full.Append("\n\n<!-- ").Append(page).Append(" -->\n").Append(text);
            }
        }
        map.Append("\n## API reference\n\n");
        foreach (var (_, source, page) in files.Where(file => file.Type == "ManagedReference"))
            map.Append("- [").Append(Path.GetFileNameWithoutExtension(source)).Append("](").Append(page).Append(")\n");
        File.WriteAllText(Path.Combine(site, "llms.txt"), map.ToString());
        File.WriteAllText(Path.Combine(site, "llms-full.txt"), full.ToString().TrimStart());
        Console.WriteLine($"{files.Length} pages in llms.txt");
    }
}
