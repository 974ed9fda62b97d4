using KlingGen.Cli.Diff;
using KlingGen.Generator.Tests;
using Sample = KlingGen.Generator.Tests.Documents;

namespace KlingGen.Cli.Tests.Diff;

public sealed class ChangeCaseTests
{
    private static readonly Lazy<IReadOnlyList<PairProof>> Proofs = new(
        () => CompilerProof.Run([.. ChangeCases.All.Select(@case => new Pair(@case.Name, @case.Old, @case.New))]));

    public static TheoryData<string> Names => new(ChangeCases.All.Select(@case => @case.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_change_is_seen_and_the_compiler_agrees(string name)
    {
        var expected = ChangeCases.All.Single(@case => @case.Name == name);
        var proof = Proofs.Value.Single(proof => proof.Name == name);
        Assert.Contains(proof.Changes, change => change.Kind == expected.Kind && change.Class == expected.Class && change.Place == expected.Place);
        Assert.True(proof.Unexplained.Count == 0, "does not compile, and nothing says so: " + string.Join(Environment.NewLine, proof.Unexplained));
        Assert.True(proof.Unshown.Count == 0, "called breaking, and nothing shows it: " + string.Join(Environment.NewLine, proof.Unshown));
        if (expected.Class != ChangeClass.Breaking && name != "a text becomes an address")
            Assert.DoesNotContain(proof.Changes, change => change.Class == ChangeClass.Breaking);
        if (expected.Kind == ChangeKind.Deprecated) Assert.Contains(expected.Place, proof.Warned);
    }

    [Fact]
    public void Every_kind_of_change_has_a_case() => Assert.Empty(Enum.GetValues<ChangeKind>().Except(ChangeCases.All.Select(@case => @case.Kind)));

    [Fact]
    public void A_type_called_otherwise_is_one_change_however_often_it_is_used()
    {
        var changes = CompilerProof.Compare(new Pair("", [Clip("Mode", "clip"), Clip("Mode", "cut")], [Clip("Way", "clip"), Clip("Way", "cut")]));
        Assert.Equal([ChangeKind.TypeRenamed], changes.Select(change => change.Kind));
    }

    [Fact]
    public void Types_that_become_one_are_called_otherwise_and_not_gone()
    {
        var changes = CompilerProof.Compare(
            new Pair("", [Clip("ClipWay", "clip"), Clip("CutWay", "cut")], [Clip("Way", "clip"), Clip("Way", "cut")]));
        Assert.Equal(
            [(ChangeKind.TypeRenamed, "ClipWay"), (ChangeKind.TypeRenamed, "CutWay")],
            changes.Select(change => (change.Kind, change.Place)));
    }

    /// <summary>An endpoint with an enum of this title, a default and an example of it.</summary>
    private static SpecText Clip(string title, string name)
    {
        var component = $$$""" "Mode": {"title": "{{{title}}}", "type": "string", "enum": ["fast", "fine"]}, """;
        var input = $$$"""{"title": "{{{name}}}Request", "type": "object", "properties": {"mode": {"allOf": [{"$ref":"""
            + $$$""" "#/components/schemas/Mode"}], "default": "fast", "examples": ["fine"]} } }""";
        return new SpecText("acme/lumen/" + name, Sample.Endpoint("acme/lumen/" + name, input, more: component));
    }

    [Fact]
    public void The_same_documents_give_no_change()
    {
        foreach (var @case in ChangeCases.All) Assert.Empty(CompilerProof.Compare(new Pair(@case.Name, @case.Old, @case.Old)));
    }
}
