using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>The class beside an emitted enum, for each kind of enum.</summary>
public sealed class EnumValuesTests
{
    private const string Members =
        """
        "duration": {"type": "string", "enum": ["4s", "8s"]},
        "fade": {"type": "number", "enum": [0.5, 2]},
        "takes": {"type": "integer", "enum": [1, 2]},
        "pause_seconds": {"type": "integer", "enum": [0, 3]},
        "length": {"type": "string", "enum": ["auto", "5"]},
        "table": {"type": "string", "enum": ["round"], "title": "Table"}
        """;

    private const string Probe =
        """
        #nullable enable
        using System;
        using System.Linq;
        using Fal;
        using Fal.Acme.Lumen;

        internal static class Probe
        {
            public static string Units() => ClipDurationValues.FromSeconds(8).ToWire() + ClipDurationValues.Nearest(TimeSpan.FromSeconds(1)).ToWire();

            public static string Integers()
                => ClipPauseSecondsValues.FromSeconds(3).ToWire() + string.Join("|", ClipTakesValues.All.Select(value => value.ToWire()));

            public static string Numbers() => ClipFadeValues.TryParse("0.5", out var fade) ? FalJson.Write(new ClipRequest { Fade = fade }) : "";

            public static string Words() => ClipLengthValues.All[0].ToWire() + ClipTableValues.All[0].ToWire();
        }
        """;

    private static readonly Lazy<Type> Compiled = new(Compile);

    [Theory]
    [InlineData("Units", "8s4s")]
    [InlineData("Integers", "31|2")]
    [InlineData("Numbers", """{"fade":0.5}""")]
    [InlineData("Words", "autoround")]
    public void A_class_of_values_converts_every_kind_of_enum(string method, string expected)
        => Assert.Equal(expected, Compiled.Value.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.Invoke(null, []));

    [Fact]
    public void A_schema_with_the_name_of_such_a_class_gets_another_name()
    {
        const string Named =
            """
            "mood": {"type": "string", "enum": ["calm"]},
            "other": {"type": "object", "title": "ClipMoodValues", "properties": {"x": {"type": "string"}}}
            """;
        var outcome = Driver.Run([new SpecText("acme/lumen/clip", Documents.WithMembers(Named))]);
        outcome.Clean();
        Assert.Contains("public static class ClipMoodValues", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("record ClipMoodValues ", outcome.Text("acme.lumen.clip.g.cs"), StringComparison.Ordinal);
    }

    private static Type Compile()
    {
        var outcome = Driver.Run([new SpecText("acme/lumen/clip", Documents.WithMembers(Members))], sources: Probe).Clean();
        using var dll = new MemoryStream();
        Assert.True(outcome.Compilation.Emit(dll).Success);
        dll.Position = 0;
        return new AssemblyLoadContext(nameof(EnumValuesTests)).LoadFromStream(dll).GetType("Probe")!;
    }
}
