using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>Emitted code compiles without a word from the compiler, however the project is set up. Documentation is parsed too.</summary>
public sealed class CompilesTests
{
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp11, NullableContextOptions.Enable, true)]
    [InlineData(LanguageVersion.CSharp11, NullableContextOptions.Disable, false)]
    [InlineData(LanguageVersion.CSharp12, NullableContextOptions.Enable, false)]
    [InlineData(LanguageVersion.Latest, NullableContextOptions.Enable, false)]
    [InlineData(LanguageVersion.Latest, NullableContextOptions.Disable, true)]
    [InlineData(LanguageVersion.Preview, NullableContextOptions.Warnings, true)]
    public void Everything_compiles_without_a_warning(LanguageVersion version, NullableContextOptions nullable, bool implicitUsings)
    {
        var outcome = Driver.Run(Invented.Sample(), version, nullable, sources: implicitUsings ? ImplicitUsings : "class Program { }").Clean();
        Assert.True(outcome.Result.Results[0].GeneratedSources.Length > 15);
        Assert.DoesNotContain(outcome.Problems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Everything_compiles_together()
    {
        Assert.True(Invented.Outcome.Clean().Result.Results[0].GeneratedSources.Length > 40);
        Assert.DoesNotContain(Invented.Outcome.Problems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("FalNamespace", "Studio.Clips")]
    [InlineData("FalNamespace", "Fal.Fal")]
    [InlineData("FalNamespace", "System.Fal")]
    [InlineData("FalNamespace", "Json")]
    [InlineData("FalNamespace", "Lumen")]
    public void Everything_compiles_with_other_settings(string name, string value)
        => Driver.Run(Invented.Sample(), options: new SpecOptions((name, value))).Clean();

    [Fact]
    public void Internal_output_has_no_public_type()
    {
        var compilation = Driver.Run(Invented.Sample(), options: new SpecOptions(("FalVisibility", "internal"))).Clean().Compilation;
        var types = Emitted.Types(compilation).Where(type => type.ContainingType is null).ToArray();
        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.NotEqual(Accessibility.Public, type.DeclaredAccessibility));
    }

    [Fact]
    public void Each_document_compiles_alone()
    {
        foreach (var file in Invented.Sample()) Driver.Run(file).Clean();
    }

    [Fact]
    public void Every_public_member_is_documented_and_every_comment_is_XML()
    {
        var compilation = Invented.Outcome.Compilation;
        var members = Emitted.Types(compilation)
            .Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .SelectMany(type => type.GetMembers().Append(type))
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared
                && member is not IMethodSymbol { AssociatedSymbol: not null })
            .ToArray();
        Assert.True(members.Length > 300);
        Assert.All(members, member => Assert.NotEmpty(System.Xml.Linq.XElement.Parse(member.GetDocumentationCommentXml()!).Elements()));
    }

    [Fact]
    public void The_guard_sees_a_comment_that_is_no_XML()
    {
        var compilation = Driver.Compilation(sources: "/// <summary>a < b</summary>\npublic class Wrong { }");
        Assert.Contains(compilation.GetDiagnostics(), diagnostic => diagnostic.Id == "CS1570");
    }
}
