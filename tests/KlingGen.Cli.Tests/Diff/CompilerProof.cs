using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using KlingGen.Cli.Diff;
using KlingGen.Generator.Tests;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Cli.Tests.Diff;

/// <summary>Documents before and after.</summary>
internal sealed record Pair(string Name, IReadOnlyList<SpecText> Old, IReadOnlyList<SpecText> New);

/// <summary>What the comparison says of a pair, and where the compiler and the emitted checks disagree.</summary>
/// <param name="Name">The pair.</param>
/// <param name="Changes">What the comparison says.</param>
/// <param name="Unexplained">Uses of the old types that do not compile although no breaking change says so.</param>
/// <param name="Unshown">Breaking changes that no use and no check shows.</param>
/// <param name="Warned">Members whose use the compiler warns of as deprecated.</param>
internal sealed record PairProof(
    string Name,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<string> Unexplained,
    IReadOnlyList<Change> Unshown,
    IReadOnlyList<string> Warned);

/// <summary>
/// Holds the comparison to the compiler. The generator emits the old and the new types of each pair; code that uses all
/// of the old ones is compiled against the new ones. What does not compile must have been called breaking, and what was
/// called breaking must not compile, or must be refused by the emitted check. All pairs go through the compiler
/// together, each below a namespace of its own, for its start costs more than they do.
/// </summary>
internal static partial class CompilerProof
{
    public static IReadOnlyList<PairProof> Run(IReadOnlyList<Pair> pairs)
    {
        var (oldTrees, newTrees) = (new SyntaxTree[pairs.Count][], new SyntaxTree[pairs.Count][]);
        for (var i = 0; i < pairs.Count; i++)
        {
            oldTrees[i] = Emit(pairs[i].Old, "P" + i);
            newTrees[i] = Emit(pairs[i].New, "P" + i);
        }

        var old = Driver.Compilation().AddSyntaxTrees(oldTrees.SelectMany(trees => trees));
        var uses = new IReadOnlyList<Use>[pairs.Count];
        var files = new SyntaxTree[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            uses[i] = UseWriter.Write(old, "P" + i);
            Assert.NotEmpty(uses[i]);
            files[i] = CSharpSyntaxTree.ParseText(UseWriter.File("P" + i, uses[i]), Driver.Parse(LanguageVersion.CSharp11), $"/uses/{i}.cs");
        }

        // The uses are right where they come from; otherwise they would prove nothing.
        var doubts = Complaints(old.AddSyntaxTrees(files), files).SelectMany(complaints => complaints).Where(complaint => !IsDeprecation(complaint))
            .ToArray();
        Assert.True(doubts.Length == 0, string.Join(Environment.NewLine, doubts.Take(10).Select(DriverOutcome.Describe)));

        var said = Complaints(Driver.Compilation().AddSyntaxTrees(newTrees.SelectMany(trees => trees)).AddSyntaxTrees(files), files);
        PairProof[] proofs = [.. pairs.Select((pair, i) => Judge(pair, uses[i], said[i]))];

        // What compiles must show when a request is checked.
        int[] open = [.. Enumerable.Range(0, pairs.Count).Where(i => proofs[i].Unshown.Count > 0)];
        using var worlds = new Worlds(open.SelectMany(i => oldTrees[i]), open.SelectMany(i => newTrees[i]));
        foreach (var i in open) proofs[i] = proofs[i] with { Unshown = [.. proofs[i].Unshown.Where(change => !worlds.Refuses(change, "P" + i))] };
        return proofs;
    }

    private static SyntaxTree[] Emit(IReadOnlyList<SpecText> texts, string rootNamespace)
    {
        var driver = Driver.Create(texts, options: new SpecOptions(("FalNamespace", rootNamespace)));
        var result = driver.RunGenerators(Driver.Compilation()).GetRunResult();
        Assert.Null(result.Results[0].Exception);
        return [.. result.GeneratedTrees.Select(tree => tree.WithFilePath("/" + rootNamespace + "/" + Path.GetFileName(tree.FilePath)))];
    }

    /// <summary>What the compiler says of each file; it need not look into the emitted code, which has tests of its own.</summary>
    private static Diagnostic[][] Complaints(Compilation compilation, SyntaxTree[] files)
        => [.. files.Select(file => compilation.GetSemanticModel(file).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .ToArray())];

    private static bool IsDeprecation(Diagnostic diagnostic) => diagnostic.Id is "KLG115";

    private static PairProof Judge(Pair pair, IReadOnlyList<Use> uses, Diagnostic[] complaints)
    {
        var changes = Compare(pair);
        var breaking = changes.Where(change => change.Class == ChangeClass.Breaking).ToArray();
        var shown = new HashSet<Change>(ReferenceEqualityComparer.Instance);
        var unexplained = new List<string>();
        foreach (var complaint in complaints.Where(complaint => !IsDeprecation(complaint)))
        {
            var use = UseAt(complaint, uses);
            Change[] reasons = [.. breaking.Where(change => Explains(change, use, complaint))];
            shown.UnionWith(reasons);
            if (reasons.Length == 0) unexplained.Add($"{use.Type}.{use.Member}: {complaint.Id} {Message(complaint)} in: {use.Text}");
        }

        Change[] unshown = [.. breaking.Where(change => !shown.Contains(change))];
        string[] warned = [.. complaints.Where(IsDeprecation).Select(complaint => UseAt(complaint, uses)).Select(use => use.Type + "." + use.Member)
            .Distinct()];
        return new PairProof(pair.Name, changes, unexplained, unshown, warned);
    }

    public static IReadOnlyList<Change> Compare(Pair pair) => PlanComparison.Compare(PlanOf(pair.Old), PlanOf(pair.New));

    private static Plan PlanOf(IEnumerable<SpecText> texts)
        => Planner.Make(texts.Select(
            text => SpecReader.Read(new SpecSource(text.Path, text.Key, false, text.GetText().ToString(),
                EquatableArray<SpecOverlay>.Empty)).Model!));

    private static bool Explains(Change change, Use use, Diagnostic complaint)
    {
        // What is gone or called otherwise takes all with it that names it.
        var goes = change.Kind is ChangeKind.TypeRemoved or ChangeKind.TypeRenamed or ChangeKind.TypeReshaped or ChangeKind.EnumOpened
            or ChangeKind.EnumClosed or ChangeKind.ClientRenamed;
        if (goes && use.Mentioned.Contains(change.Type)) return true;
        if (change.Kind == ChangeKind.EndpointRemoved) return true;
        if (change.Type != use.Type) return false;
        if (change.Member is null) return use.Member is null or "*Match" || change.Kind == ChangeKind.BaseLost;
        if (change.Member == use.Member || change.Member == "Defaults" && use.Member?.StartsWith("Defaults.", StringComparison.Ordinal) == true)
            return true;
        if (use.Member is "*Match" or "*" || use.Member == "*" + change.Member) return true;

        // A member takes its default with it.
        if (change.Kind is ChangeKind.MemberRemoved or ChangeKind.MemberRenamed && use.Member == "Defaults." + change.Member) return true;

        // A request with all that was required, and nothing else, is one use, whichever the member.
        return use.Member is null && complaint.Id is "CS9035" or "CS0117"
            && Quoted().Matches(Message(complaint))
                .Any(match => match.Value == "'" + change.Member + "'" || match.Value.EndsWith("." + change.Member + "'", StringComparison.Ordinal));
    }

    private static Use UseAt(Diagnostic complaint, IReadOnlyList<Use> uses)
        => uses[complaint.Location.GetLineSpan().StartLinePosition.Line - UseWriter.FirstLine];

    private static string Message(Diagnostic complaint) => complaint.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    /// <summary>Old and new types as loaded code, for changes that compile and show only when a request is checked.</summary>
    private sealed class Worlds : IDisposable
    {
        private readonly AssemblyLoadContext _context = new("worlds", isCollectible: true);
        private readonly Assembly _old;
        private readonly Assembly _new;

        public Worlds(IEnumerable<SyntaxTree> old, IEnumerable<SyntaxTree> @new)
        {
            _old = Load(old, "OldWorld");
            _new = Load(@new, "NewWorld");
        }

        /// <summary>A value that the old check let through and the new one does not.</summary>
        public bool Refuses(Change change, string rootNamespace)
        {
            var name = rootNamespace + change.Namespace["Fal".Length..] + "." + change.Type;
            return _old.GetType(name) is { } one && _new.GetType(name) is { } other && Refusal.IsShown(change, one, other);
        }

        public void Dispose() => _context.Unload();

        private Assembly Load(IEnumerable<SyntaxTree> trees, string name)
        {
            using var stream = new MemoryStream();
            var result = Driver.Compilation().AddSyntaxTrees(trees).WithAssemblyName(name).Emit(stream);
            Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics.Take(5)));
            stream.Position = 0;
            return _context.LoadFromStream(stream);
        }
    }
}
