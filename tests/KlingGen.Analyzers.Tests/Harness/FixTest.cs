using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace KlingGen.Analyzers.Tests;

/// <summary>
/// Applies a fix with the field's own test library: the marked diagnostics and no others are reported before, one application at a time leads
/// to the whole expected text,
/// fix-all leads there at once, and what comes out has the diagnostics that are marked in it.
/// </summary>
/// <typeparam name="TFix">The fix.</typeparam>
internal sealed class FixTest<TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    private readonly ReportDiagnostic _serverDefaults;

    private FixTest(string before, string after, string? title)
    {
        TestCode = Whole(before);
        _serverDefaults = before.Contains("KLG114", StringComparison.Ordinal) ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress;
        FixedCode = Whole(after);

        // The references are those of the running framework, so that no package is fetched.
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange([.. EmittedTypes.Framework, EmittedTypes.Runtime, EmittedTypes.Library]);
        TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck;

        // KLG108 and KLG110 are the descriptors of two analyzers.
        MarkupOptions = MarkupOptions.UseFirstDescriptor;
        if (title is null) return;
        CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title);
    }

    /// <param name="before">Statements, or a whole file, with marks.</param>
    /// <param name="after">The same after the fix, with marks for what is left.</param>
    /// <param name="title">What the menu shows; null where it does not matter.</param>
    /// <param name="index">Which offer is taken.</param>
    public static Task Expect(string before, string after, string? title = null, int index = 0)
        => new FixTest<TFix>(before, after, title) { CodeActionIndex = index }.RunAsync();

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analyze.All;

    protected override CompilationOptions CreateCompilationOptions()
        => new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions([KeyValuePair.Create("KLG114", _serverDefaults)]);

    protected override ParseOptions CreateParseOptions() => EmittedTypes.Parse;

    /// <summary>Short requests are written as <c>CLIP{ … }</c>.</summary>
    private static string Whole(string snippet)
        => Analyze.WholeFile(snippet.Replace("CLIP{", "new ClipRequest { Prompt = \"x\", Title = \"x\",", StringComparison.Ordinal), Origin.Library)
            .ReplaceLineEndings("\n");
}
