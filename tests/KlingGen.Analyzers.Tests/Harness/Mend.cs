using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace KlingGen.Analyzers.Tests;

/// <summary>
/// Asks code fixes what they offer, and applies one to a diagnostic of the compiler that <see cref="FixTest{TFix}"/> cannot mark: a warning.
/// </summary>
internal static class Mend
{
    /// <summary>What the fix offers for the first diagnostic of the id, reported together with the others at its place.</summary>
    public static async Task<IReadOnlyList<string>> Offers(CodeFixProvider fix, string id, string snippet, params string[] others)
    {
        var document = await Open(snippet);
        var diagnostics = await Find(document, [id, .. others]);
        Assert.NotEmpty(diagnostics);
        return [.. (await Actions(fix, document, diagnostics)).Select(action => action.Title)];
    }

    /// <summary>What the fix offers for all that it can fix.</summary>
    public static async Task<IReadOnlyList<string>> OffersAnywhere(CodeFixProvider fix, string snippet)
    {
        var document = await Open(snippet);
        var titles = new List<string>();
        foreach (var diagnostic in await Find(document, fix.FixableDiagnosticIds))
            titles.AddRange((await Actions(fix, document, [diagnostic])).Select(action => action.Title));
        return titles;
    }

    /// <summary>The messages of all our diagnostics.</summary>
    public static async Task<IReadOnlyList<string>> Messages(string snippet)
    {
        var all = Analyze.All.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToArray();
        var found = await Find(await Open(snippet), all);
        return [.. found.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>The fix for the first diagnostic makes the one text from the other, which compiles and has one such diagnostic less.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="id">The diagnostic.</param>
    /// <param name="before">Statements, or a whole file.</param>
    /// <param name="after">The same after the fix.</param>
    public static async Task Expect(CodeFixProvider fix, string id, string before, string after)
    {
        var document = await Open(before);
        var diagnostics = await Find(document, [id]);
        Assert.NotEmpty(diagnostics);
        var action = (await Actions(fix, document, diagnostics))[0];
        await Check(await Apply(document, action), id, after, diagnostics.Count(diagnostic => diagnostic.Location != diagnostics[0].Location));
    }

    private static async Task Check(Document mended, string id, string after, int left)
    {
        var text = (await mended.GetTextAsync()).ToString();
        Assert.Equal(Analyze.WholeFile(after, Origin.Library).ReplaceLineEndings("\n"), text.ReplaceLineEndings("\n"));
        Assert.Equal(left, (await Find(mended, [id])).Count);
        if (left > 0) return;
        var errors = (await mended.Project.GetCompilationAsync())!.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToArray();
        Assert.True(errors.Length == 0, string.Join(Environment.NewLine, errors.AsEnumerable()));
    }

    /// <summary>Rules that are off by default are on here: each test asks for the one that it is about.</summary>
    private static readonly KeyValuePair<string, ReportDiagnostic>[] Off =
        [.. Analyze.All.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => !rule.IsEnabledByDefault)
            .Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn))];

    /// <summary>A project without a file, whose compilation is made once: those of the tests share the symbols of its references.</summary>
    private static readonly Lazy<Task<Project>> Empty = new(async () =>
    {
        var project = new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "User", "User", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: Off),
            parseOptions: EmittedTypes.Parse,
            metadataReferences: [.. EmittedTypes.Framework, EmittedTypes.Runtime, EmittedTypes.Library]));
        await project.GetCompilationAsync();
        return project;
    });

    private static async Task<Document> Open(string snippet)
        => (await Empty.Value).AddDocument("Program.cs", Microsoft.CodeAnalysis.Text.SourceText.From(Analyze.WholeFile(snippet, Origin.Library)));

    private static async Task<IReadOnlyList<Diagnostic>> Find(Document document, IReadOnlyCollection<string> ids)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var all = await compilation.WithAnalyzers(Analyze.All).GetAllDiagnosticsAsync();
        return [.. all.Where(diagnostic => ids.Contains(diagnostic.Id)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>An editor hands over all diagnostics of one place together.</summary>
    private static async Task<IReadOnlyList<CodeAction>> Actions(CodeFixProvider fix, Document document, IReadOnlyList<Diagnostic> diagnostics)
    {
        Assert.Contains(diagnostics[0].Id, fix.FixableDiagnosticIds);
        var actions = new List<CodeAction>();
        var span = diagnostics[0].Location.SourceSpan;
        var here = diagnostics.Where(diagnostic => diagnostic.Location.SourceSpan == span).ToImmutableArray();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, span, here, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task<Document> Apply(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
    }
}
