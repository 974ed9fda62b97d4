using KlingGen.Diagnostics;
using KlingGen.Emission;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Planning;
using KlingGen.Schemas;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Model;

public sealed class ModelRuleTests
{
    private static readonly Type[] Roots =
    [
        typeof(SpecSource), typeof(OverlayFile), typeof(SpecReading), typeof(SpecModel), typeof(SpecAnchors), typeof(Plan), typeof(FileModel),
            typeof(ProjectOptions), typeof(EmissionOptions), typeof(EmitResult),
        typeof(SpecDiagnostic), typeof(PlanProblem),
    ];

    public static TheoryData<Type> Steps => [.. Roots];

    [Theory]
    [MemberData(nameof(Steps))]
    public void What_a_step_gives_holds_nothing_but_values(Type step) => Assert.Empty(ModelRule.Of(step).Faults);

    [Fact]
    public void The_walk_reaches_every_type_of_the_model_folder()
    {
        var seen = ModelRule.Of(Roots).Seen;
        var model = typeof(SpecModel).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(SpecModel).Namespace && !type.IsEnum && !type.IsNested && !type.IsGenericTypeDefinition
                && !(type.IsAbstract && type.IsSealed));

        // The tables of constraints describe the model and are no part of it.
        Type[] tables = [typeof(ConstraintKeyword), typeof(ConstraintGroup), typeof(AttributeArguments), typeof(ConstrainedValue)];
        Assert.Empty(model.Except(seen).Except(tables));
        Assert.Contains(typeof(UnionModel), seen);
        Assert.Contains(typeof(HubChild), seen);
    }

    [Theory]
    [InlineData(typeof(HoldsCompiler), "belongs to the compiler")]
    [InlineData(typeof(HoldsSymbol), "belongs to the compiler")]
    [InlineData(typeof(HoldsNode), "is part of a JSON text")]
    [InlineData(typeof(HoldsList), "is a list")]
    [InlineData(typeof(HoldsArray), "is a list")]
    [InlineData(typeof(HoldsAnything), "can be anything")]
    [InlineData(typeof(HoldsFunction), "is a function")]
    [InlineData(typeof(HoldsReference), "compares by reference")]
    [InlineData(typeof(ByReference), "compares by reference")]
    [InlineData(typeof(Settable), "can be set after")]
    [InlineData(typeof(HoldsInside), "is a list")]
    [InlineData(typeof(Root), "is a list")]
    public void A_type_that_breaks_the_rule_is_found(Type type, string fault)
        => Assert.Contains(ModelRule.Of(type).Faults, found => found.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Lists_of_the_model_compare_by_their_elements()
    {
        EquatableArray<string> one = new[] { "a", "b" };
        EquatableArray<string> two = new List<string> { "a", "b" };
        EquatableArray<string> other = new[] { "a", "c" };
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, EquatableArray<string>.Empty);
        Assert.Same(EquatableArray<string>.Empty, (EquatableArray<string>)Array.Empty<string>());
        Assert.Same(EquatableArray<string>.Empty, (EquatableArray<string>)new List<string>());
    }

    [Fact]
    public void Two_readings_of_one_text_are_equal_all_the_way_down()
    {
        var text = Documents.Numbered(1).GetText().ToString();
        Assert.Equal(Read(text), Read(text));
        Assert.NotSame(Read(text).Model, Read(text).Model);
        Assert.NotEqual(Read(text), Read(text.Replace("fine", "finer", StringComparison.Ordinal)));
    }

    private static SpecReading Read(string text) => SpecReader.Read(new SpecSource("/a.json", "a", false, text, EquatableArray<SpecOverlay>.Empty));

    private sealed record HoldsCompiler(AdditionalText File);

    private sealed record HoldsSymbol(ISymbol Symbol);

    private sealed record HoldsNode(SpecNode Node);

    private sealed record HoldsList(List<string> Names);

    private sealed record HoldsArray(string[] Names);

    private sealed record HoldsAnything(object Value);

    private sealed record HoldsFunction(Func<string> Name);

    private sealed record HoldsReference(ByReference Inner);

    private sealed class ByReference(string name)
    {
        public string Name { get; } = name;
    }

    private sealed record Settable
    {
        public string Name { get; set; } = "";
    }

    private sealed record HoldsInside(EquatableArray<HoldsList> Inner);

    private abstract record Root(string Name);

    private sealed record Branch(string Name, Dictionary<string, string> Values) : Root(Name);
}
