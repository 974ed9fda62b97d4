using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>A word may be empty, and choosing it is not the same as choosing nothing.</summary>
public sealed class EmptyWordTests
{
    private const string Probe = """
        #nullable enable
        using Fal;
        using Fal.Acme.Lumen;

        internal static class Probe
        {
            public static string Empty() => FalJson.Write(new ClipRequest { Filter = ClipFilter.Empty, Tone = ClipTone.Empty });

            public static string Nothing() => FalJson.Write(new ClipRequest { Tone = ClipTone.Warm });
        }
        """;

    private static readonly Lazy<Type> Compiled = new(Compile);

    [Fact]
    public void An_empty_word_is_written() => Assert.Equal("""{"filter":"","tone":""}""", Call("Empty"));

    [Fact]
    public void A_word_that_is_not_given_is_not_written() => Assert.Equal("""{"tone":"warm"}""", Call("Nothing"));

    private static string? Call(string method)
        => Compiled.Value.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.Invoke(null, []) as string;

    private static Type Compile()
    {
        var file = new SpecText("acme/lumen/clip", Documents.WithMembers(
            """ "filter": {"type": "string", "enum": ["", "grain"], "default": "grain"}, "tone": {"type": "string", "enum":"""
                + """ ["", "warm"]} """, beside: """, "required": ["tone"]"""));
        var outcome = Driver.Run([file], sources: Probe).Clean();
        using var dll = new MemoryStream();
        Assert.True(outcome.Compilation.Emit(dll).Success);
        dll.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(dll).GetType("Probe")!;
    }
}
