using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using KlingGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>What a host sees of the assembly before any fix runs.</summary>
public sealed class FixAssemblyTests
{
    /// <summary>A host brings its own compiler and workspaces; whatever else is referenced must be there in that version, or no fix loads.</summary>
    [Fact]
    public void It_references_the_compiler_and_nothing_of_its_own()
    {
        using var image = new PEReader(File.OpenRead(typeof(EnumValueFix).Assembly.Location));
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle))
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
        Assert.Equal(
            ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.CSharp.Workspaces",
                "Microsoft.CodeAnalysis.Workspaces", "System.Collections.Immutable", "netstandard"],
            references.Keys.Append("Microsoft.CodeAnalysis.CSharp.Workspaces").Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            references.Where(reference => reference.Key.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(4, 8, 0, 0), reference.Value));
    }

    [Fact]
    public void Every_fix_is_exported_for_CSharp_and_mends_all_at_once()
    {
        Assert.True(FixTable.All.Count >= 8);
        Assert.Equal(
            typeof(EnumValueFix).Assembly.GetTypes().Count(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider))),
            FixTable.All.Count);
        Assert.All(FixTable.All, fix =>
        {
            var export = (ExportCodeFixProviderAttribute)Attribute.GetCustomAttribute(fix.GetType(), typeof(ExportCodeFixProviderAttribute))!;
            Assert.Equal([LanguageNames.CSharp], export.Languages);
            Assert.Equal(fix.GetType().Name, export.Name);
            Assert.NotNull(fix.GetFixAllProvider());
        });
    }

    [Fact]
    public void Every_fix_mends_something_that_is_reported()
    {
        var ours = Analyze.All.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Append("KLG115")
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(
            FixTable.All.SelectMany(fix => fix.FixableDiagnosticIds),
            id => Assert.True(Regex.IsMatch(id, @"^CS\d{4}$") || ours.Contains(id), id));
    }
}
