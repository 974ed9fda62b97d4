using System.Reflection;

namespace KlingGen.Architecture.Tests;

/// <summary>A top-level type of a production project.</summary>
internal sealed record ProjectType(string Project, string Namespace, string Name);

/// <summary>The names of production types, and which of them mislead: a name of the base library, or the name of another production type.</summary>
internal static class TypeNames
{
    /// <summary>The public types of the namespace System and of System.Text.Json and its inner namespaces.</summary>
    public static IReadOnlySet<string> OfBaseLibrary()
        => Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .SelectMany(file => Assembly.Load(AssemblyName.GetAssemblyName(file)).GetExportedTypes())
            .Where(type => type.Namespace == "System" || type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
            .Select(type => WithoutArity(type.Name))
            .ToHashSet();

    /// <summary>The types of all production projects. Polyfills, in the namespace System, have names of the base library for a reason.</summary>
    public static IReadOnlyList<ProjectType> OfProduction()
        =>
        [
            .. from project in Projects.Assemblies.Keys
               from type in FolderGraph.Types(Projects.PathOf(project), project)
               where !type.Name.StartsWith('<') && type.Namespace.Split('.')[0] != "System"
               select new ProjectType(project, type.Namespace, WithoutArity(type.Name)),
        ];

    /// <summary>The types whose name the base library has.</summary>
    public static IEnumerable<string> TakenFromBaseLibrary(IEnumerable<ProjectType> types, IReadOnlySet<string> baseLibrary)
        => types.Where(type => baseLibrary.Contains(type.Name)).Select(type => $"{type.Project}: {type.Name}").Distinct();

    /// <summary>The names that two types have. Types that differ in the number of type parameters alone, such as FalJob, are one name.</summary>
    public static IEnumerable<string> Shared(IEnumerable<ProjectType> types)
        => types.Distinct().GroupBy(type => type.Name).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => $"{type.Project} ({type.Namespace})").Order())}");

    private static string WithoutArity(string name) => name.Split('`')[0];
}
