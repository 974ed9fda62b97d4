using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KlingGen.Benchmarks;

/// <summary>A project with documents that is built again and again.</summary>
internal sealed partial class DriverSession
{
    private readonly List<Document> _documents;
    private readonly int _edited;
    private readonly string _editedText = "";
    private SyntaxTree _code = CSharpSyntaxTree.ParseText("class User { }");
    private GeneratorDriver _driver = null!;
    private GeneratorDriver _empty = null!;

    public DriverSession(int count)
        : this(count, isBare: false)
    {
    }

    private DriverSession(int count, bool isBare)
    {
        _documents = [.. Documents.Take(count).Select(document => new Document(document.Key, document.Text))];
        Compilation = CSharpCompilation.Create("User", [_code], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
        if (isBare) return;
        _edited = _documents.FindIndex(document => Limit().IsMatch(document.GetText().ToString()));
        _editedText = _documents[_edited].GetText().ToString();
        _driver = Create().RunGenerators(Compilation);
        _empty = CSharpGeneratorDriver.Create([new Empty().AsSourceGenerator()], _documents, optionsProvider: new Options())
            .RunGenerators(Compilation);
    }

    public Compilation Compilation { get; private set; }

    /// <summary>A session in which nothing has run yet.</summary>
    public static DriverSession Bare(int count) => new(count, isBare: true);

    public GeneratorDriver Create()
        => CSharpGeneratorDriver.Create([new SpecGenerator().AsSourceGenerator()], _documents, optionsProvider: new Options());

    /// <summary>What the generator makes of a document, for a compilation that already has the runtime.</summary>
    public static ImmutableArray<SyntaxTree> Emit(Compilation compilation, CSharpParseOptions parse, (string Key, string Text) document)
        => CSharpGeneratorDriver.Create([new SpecGenerator().AsSourceGenerator()], [new Document(document.Key, document.Text)], parse, new Options())
            .RunGenerators(compilation)
            .GetRunResult()
            .GeneratedTrees;

    public void EditCode(int edit)
    {
        var code = CSharpSyntaxTree.ParseText("class User { int _edit = " + edit + "; }");
        Compilation = Compilation.ReplaceSyntaxTree(_code, code);
        _code = code;
    }

    public void EditDocument(int edit)
    {
        var document = new Document(_documents[_edited].Key, Limit().Replace(_editedText, "\"maximum\":" + (1_000_000 + edit), 1));
        _driver = _driver.ReplaceAdditionalText(_documents[_edited], document);
        _documents[_edited] = document;
    }

    public GeneratorDriver Run() => _driver = _driver.RunGenerators(Compilation);

    public GeneratorDriver RunEmpty() => _empty = _empty.RunGenerators(Compilation);

    [GeneratedRegex("\"maximum\":\\s*[0-9.]+")]
    private static partial Regex Limit();

    private sealed class Document(string key, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public string Key => key;

        public override string Path => "/specs/" + key + ".json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(null);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(((Document)textFile).Key);
    }

    private sealed class Values(string? key) : AnalyzerConfigOptions
    {
        // The attribute that the base carries exists twice here: in the framework and among the generator's own stand-ins for it.
#pragma warning disable CS8765
        public override bool TryGetValue(string name, out string? value)
        {
            value = name == "build_metadata.AdditionalFiles.FalSpec" ? key : null;
            return value is not null;
        }
    }

    private sealed class Empty : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
            => context.RegisterSourceOutput(context.AdditionalTextsProvider.Select(static (text, _) => text.Path), static (_, _) => { });
    }
}
