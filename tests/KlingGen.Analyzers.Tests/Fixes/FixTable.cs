using KlingGen.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>All fixes, as an editor finds them.</summary>
internal static class FixTable
{
    public static IReadOnlyList<CodeFixProvider> All { get; } = [.. typeof(EnumValueFix).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];
}
