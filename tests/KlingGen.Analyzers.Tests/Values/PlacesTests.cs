namespace KlingGen.Analyzers.Tests.Values;

/// <summary>Wherever a member can be given a value, the value is judged once.</summary>
public sealed class PlacesTests
{
    [Fact]
    public async Task In_initializers_of_all_kinds()
        => await Analyze.Expect("""
            class Clips
            {
                private readonly ClipRequest _kept = new() { Prompt = {|KLG101:""|}, Title = "x" };
                public ClipRequest Property { get; init; } = new ClipRequest { Prompt = {|KLG101:""|}, Title = "x" };
                private ClipRequest? _last;
                public Clips() => _kept = new() { Prompt = {|KLG101:""|}, Title = "x" };
                public Clips(ClipRequest basis) { Property = basis with { Prompt = {|KLG101:""|} }; }
                public ClipRequest Set { set => _last = value with { Prompt = {|KLG101:""|} }; }
                public Func<ClipRequest> Make() => () => new() { Prompt = {|KLG101:""|}, Title = "x" };
                public ClipRequest[] Nested(ClipRequest basis) => [new() { Prompt = {|KLG101:""|}, Title = "x" }, basis with { Look = new() { Style = {|KLG107:"gaudy"|} } }];
                public ClipRequest? Either => _last ?? _kept;
            }
            """);

    [Fact]
    public async Task In_a_part_of_the_type_that_the_user_adds()
        => await Analyze.Expect("""
            namespace Fal.Acme.Lumen
            {
                partial record ClipRequest
                {
                    public ClipRequest() { }
                    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public ClipRequest(string title) { Prompt = {|KLG101:""|}; this.Guidance = {|KLG102:1.5|}; Title = title; Negative = "blur"; }
                    public int Strength { init => Guidance = {|KLG102:1.5|}; }
                }
            }
            """, Origin.Source);
}
