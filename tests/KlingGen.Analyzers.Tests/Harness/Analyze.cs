using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Analyzers.Tests;

/// <summary>Where the emitted types come from.</summary>
internal enum Origin
{
    /// <summary>Emitted into the project of the user's code.</summary>
    Source,

    /// <summary>A referenced library: symbols only.</summary>
    Library,

    /// <summary>Nowhere, and no runtime either.</summary>
    Nowhere,
}

/// <summary>Runs every analyzer of the generator's assembly over a piece of user code.</summary>
internal static class Analyze
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> All = [.. typeof(SpecGenerator).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false) && !type.IsSubclassOf(typeof(DiagnosticSuppressor)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>
    /// The marked places are reported and nothing else is, whether the emitted types stand in the same project or come
    /// from a library. Gives back the messages in the order of their places.
    /// </summary>
    /// <param name="snippet">Statements, or a whole file if it says <c>class</c> or <c>namespace</c> at the start of a line.</param>
    /// <param name="enable">Rules that are off by default.</param>
    public static async Task<IReadOnlyList<string>> Expect(string snippet, params string[] enable)
    {
        await Expect(snippet, Origin.Source, enable);
        return await Expect(snippet, Origin.Library, enable);
    }

    public static async Task<IReadOnlyList<string>> Expect(string snippet, Origin origin, params string[] enable)
    {
        var markup = Markup.Parse(WholeFile(snippet, origin));
        var found = await Run(markup.Text, origin, enable);
        Assert.Equal(
            markup.Expected.OrderBy(mark => mark.Span.Start).ThenBy(mark => mark.Id, StringComparer.Ordinal)
                .Select(mark => Show(markup.Text, mark.Id, mark.Span)),
            found.Select(diagnostic => Show(markup.Text, diagnostic.Id, diagnostic.Location.SourceSpan)));
        return [.. found.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Our diagnostics in the order of their places. The text itself must compile.</summary>
    public static Task<IReadOnlyList<Diagnostic>> Run(string text, Origin origin, params string[] enable) => Run(text, origin, null, enable);

    /// <param name="other">Another file of the project, in which nothing is looked for.</param>
    public static async Task<IReadOnlyList<Diagnostic>> Run(string text, Origin origin, string? other, string[] enable)
    {
        var compilation = Compile(text, origin, enable);
        if (other is not null) compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(other, EmittedTypes.Parse, "/user/Other.cs"));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([new BuildFacts()]), (fault, _, _) => throw new InvalidOperationException(
                "An analyzer failed.",
                fault), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees[0]);
        var analysis = compilation.WithAnalyzers(All, options);

        // Beside emitted sources only the user's file is looked at, as an editor does; that keeps hundreds of snippets quick.
        var analyzed = origin == Origin.Source || other is not null
            ? await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None)
            : await analysis.GetAnalyzerDiagnosticsAsync();
        var diagnostics = analyzed.AddRange(model.GetDiagnostics());
        var errors = diagnostics.Where(
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !IsOurs(diagnostic) || diagnostic.Id == "AD0001").ToArray();
        Assert.True(errors.Length == 0, string.Join(Environment.NewLine, errors.Take(5)) + Environment.NewLine + text);
        return [.. diagnostics.Where(IsOurs).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    public static CSharpCompilation Compile(string text, Origin origin, params string[] enable)
    {
        var basis = Bases[origin].Value;
        var compilation = basis.ReplaceSyntaxTree(basis.SyntaxTrees[0], CSharpSyntaxTree.ParseText(text, EmittedTypes.Parse, "/user/Program.cs"));
        return enable.Length == 0 ? compilation : compilation.WithOptions(
            compilation.Options.WithSpecificDiagnosticOptions(enable.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn))));
    }

    /// <summary>
    /// A project per origin, from which all others are made by another first file: they share the symbols of the references, of which there are many.
    /// </summary>
    private static readonly Dictionary<Origin, Lazy<CSharpCompilation>> Bases
        = Enum.GetValues<Origin>().ToDictionary(origin => origin, origin => new Lazy<CSharpCompilation>(() => CreateBase(origin)));

    private static CSharpCompilation CreateBase(Origin origin)
    {
        var tree = CSharpSyntaxTree.ParseText("", EmittedTypes.Parse, "/user/Program.cs");
        return CSharpCompilation.Create(
            "User",
            origin == Origin.Source ? [tree, .. EmittedTypes.Trees] : [tree],
            origin switch
            {
                Origin.Source => [.. EmittedTypes.Framework, EmittedTypes.Runtime],
                Origin.Library => [.. EmittedTypes.Framework, EmittedTypes.Runtime, EmittedTypes.Library],
                _ => EmittedTypes.Framework,
            },
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Statements stand in a method of a class that names what emitted code is for.</summary>
    public static string WholeFile(string snippet, Origin origin)
    {
        if (snippet.Split('\n').Any(line => line.StartsWith("namespace ", StringComparison.Ordinal)
            || line.Contains("class ", StringComparison.Ordinal) && !line.StartsWith(' '))) return Usings(origin) + snippet;
        var client = origin == Origin.Nowhere ? "" : "FalClient fal, ";
        return $$"""
            {{Usings(origin)}}
            public static class Program
            {
                public static async Task Run({{client}}bool some, int number, string text, CancellationToken token)
                {
                    await Task.Yield();
            {{snippet}}
                }
            }
            """;
    }

    private static string Usings(Origin origin)
        => "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks;"
            + (origin == Origin.Nowhere ? "" : " using Fal; using Fal.Acme.Lumen;") + "\n";

    private static bool IsOurs(Diagnostic diagnostic) => diagnostic.Id.StartsWith("KLG", StringComparison.Ordinal);

    private static string Show(string text, string id, TextSpan span) => $"{id} at {span.Start}: {text.Substring(span.Start, span.Length)}";

    /// <summary>What the package's targets tell about the media files of the project.</summary>
    internal sealed class BuildFacts : AdditionalText
    {
        public override string Path => "/user/obj/Debug/fal-media-facts.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default)
            => SourceText.From(
                "large.png\t2097152\t400\t400\nart/small.jpg\t1000\t200\t299\nright.png\t1000\t300\t300\n"
                + "film.mp4\t1000\t0\t0\nfake.png\t1000\t0\t0\nfake.heic\t1000\t0\t0\n");
    }
}
