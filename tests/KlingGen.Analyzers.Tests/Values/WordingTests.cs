using System.Reflection;
using Fal;
using Fal.Wire;
using KlingGen.Checks;
using KlingGen.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlingGen.Analyzers.Tests.Values;

/// <summary>
/// The analyzers and the check at run time give one verdict in the same words: each case is analyzed as source, compiled, run and checked. The cases
/// are held against the tables of constraints, so that a new row without a case fails.
/// </summary>
public sealed class WordingTests
{
    /// <summary>A constraint by the attribute that carries it, the property in <c>Documents</c>, values that satisfy it and values that do
    /// not.</summary>
    private static readonly (string Attribute, string Request, string Property, string[] Values)[] Cases =
    [
        ("SpecLength", "ClipRequest", "Prompt", ["\"\"", "\"a\"", "\"🐦\"", "new string('x', 0)"]),
        ("SpecLength", "ClipRequest", "Negative",
            ["\"blur\"", "\"12345678901234567890\"", "\"123456789012345678901\"", "\"" + string.Concat(Enumerable.Repeat("🐦", 21)) + "\""]),
        ("SpecPattern", "ClipRequest", "Code", ["\"AB\"", "\"ABCDE\"", "\"ab\"", "\"A\\r\\nB\"", "\"" + new string('z', 60) + "\""]),
        ("SpecPattern", "ClipRequest", "Guarded", ["\"yes\"", "\"no\""]),
        ("SpecUrl", "ClipRequest", "Callback",
            ["\"https://a.example/x\"", "\"/done\"", "\"ftp://a.example\"", "\"data:,x\"", "\"data:x\"", "\"https://\""]),
        ("SpecRange", "ClipRequest", "Guidance", ["0.0", "1.0", "-0.1", "1.5", "double.NaN", "double.PositiveInfinity"]),
        ("SpecRange", "ClipRequest", "Strength", ["0.5", "0.0", "1.0"]),
        ("SpecRange", "ClipRequest", "Shift", ["0.5", "0.3", "-0.5", "1e21"]),
        ("SpecRange", "ClipRequest", "Gain", ["0.5", "double.NegativeInfinity"]),
        ("SpecRange", "ClipRequest", "Steps", ["1", "50", "0", "51"]),
        ("SpecRange", "ClipRequest", "Width", ["64", "72", "65", "63", "2049"]),
        ("SpecRange", "ClipRequest", "Tempo", ["1", "0", "-1"]),
        ("SpecCount", "VerdictRequest", "Names", ["new[] { \"a\" }", "new string[] { }", "new[] { \"a\", \"b\", \"c\" }"]),
        ("SpecCount", "VerdictRequest", "Table", ["new Dictionary<string, string> { [\"a\"] = \"b\" }", "new Dictionary<string, string> { }"]),
        ("SpecUnique", "VerdictRequest", "Moods", ["new[] { \"a\", \"b\" }", "new[] { \"a\", \"b\", \"a\" }"]),
        ("SpecContains", "VerdictRequest", "Parts", ["new[] { new Part { ClipUrl = \"https://a.example/x\" } }",
            "new[] { new Part { ClipUrl = \"https://a.example/x\" }, new Part { ClipUrl = \"https://a.example/y\" } }"]),
        ("SpecLength", "VerdictRequest", "ImageUrl", ["\"https://a.example/b\"", "\"https://a.example/a-name-that-is-long\""]),
        ("SpecPattern", "VerdictRequest", "ImageUrl", ["\"http://a.example/b\""]),
    ];

    /// <summary>Enums, which no attribute declares: a C# enum of words, one of numbers, one of integers, and a struct around a word.</summary>
    private static readonly (string Request, string Property, string[] Values)[] Enums =
    [
        ("ClipRequest", "Duration", ["ClipDuration.Duration5", "(ClipDuration)2", "(ClipDuration)7", "(ClipDuration)10", "(ClipDuration)(-1)"]),
        ("ClipRequest", "Mode", ["ClipMode.Draft", "(ClipMode)3"]),
        ("ClipRequest", "FrameRate", ["(ClipFrameRate)24", "(ClipFrameRate)25"]),
        ("VerdictRequest", "Speed", ["(VerdictSpeed)2", "(VerdictSpeed)5"]),
        ("VerdictRequest", "Tones", ["new[] { VerdictTone.Warm }", "new[] { VerdictTone.Warm, (VerdictTone)7 }"]),
        ("Look", "Style", ["\"plain\"", "\"plian\"", "\"gaudy\"", "\"\"", "new LookStyle(\"gaudy\")", "LookStyle.RichColour"]),
    ];

    /// <summary>Cross-field rules, and objects that satisfy and violate them.</summary>
    private static readonly (CrossFieldRuleKind Kind, string Request, string[] Initializers)[] Rules =
    [
        (CrossFieldRuleKind.ExactlyOne, "OneOfThree", ["A = \"a\"", "", "A = \"a\", B = \"b\"", "A = \"a\", B = \"b\", C = \"c\""]),
        (CrossFieldRuleKind.AtLeastOne, "AnyOfTwo", ["A = \"a\", B = \"b\"", ""]),
        (CrossFieldRuleKind.MutuallyExclusive, "Pair", ["A = \"a\"", "A = \"a\", B = \"b\""]),
        (CrossFieldRuleKind.Needs, "Need", ["A = \"a\", B = \"b\"", "B = \"b\"", "A = \"a\""]),
        (CrossFieldRuleKind.MaxSum, "Total", ["Takes = new[] { new Take { Length = 15 } }",
            "Takes = new[] { new Take { Length = 15 }, new Take { Length = 0.5 } }"]),
        (CrossFieldRuleKind.MinDifference, "Span", ["From = 1, To = 3", "From = 1, To = 2.5"]),
        (CrossFieldRuleKind.When, "Pace", ["Mode = PaceMode.Fast, A = \"a\"", "Mode = PaceMode.Fast",
            "Mode = PaceMode.Fast, A = \"a\", B = \"b\"", "Mode = PaceMode.Fine"]),
        (CrossFieldRuleKind.When, "Scene", ["Effect = SceneEffect.Hug, Pictures = new[] { \"a\", \"b\" }",
            "Effect = SceneEffect.Hug, Pictures = new[] { \"a\" }", "Effect = SceneEffect.Squish, Pictures = new[] { \"a\", \"b\" }",
            "Effect = SceneEffect.Free, Pictures = new[] { \"a\", \"b\", \"c\" }"]),
    ];

    [Fact]
    public void Every_group_of_constraints_has_a_case()
        => Assert.Equal(
            ConstraintGroups.All.Select(group => group.Attribute).Order(StringComparer.Ordinal),
            Cases.Select(item => item.Attribute).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_of_cross_field_rule_has_a_case()
        => Assert.Equal(Enum.GetValues<CrossFieldRuleKind>(), Rules.Select(item => item.Kind).Distinct().Order());

    [Fact]
    public async Task Values_have_one_verdict_in_the_same_words()
    {
        var emitted = Members();
        // A number without limits must still be finite.
        Assert.All(Cases.Where(item => item.Property != "Gain"), item => Assert.Contains(item.Attribute, emitted[(item.Request, item.Property)]));
        await Compare([.. Cases.SelectMany(item => item.Values.Select(value => (item.Request, $"{item.Property} = {value}")))]);
    }

    [Fact]
    public async Task Enum_values_have_one_verdict_in_the_same_words()
        => await Compare([.. Enums.SelectMany(item => item.Values.Select(value => (item.Request, $"{item.Property} = {value}")))]);

    [Fact]
    public async Task Objects_have_one_verdict_in_the_same_words()
        => await Compare([.. Rules.SelectMany(item => item.Initializers.Select(text => (item.Request, text)))]);

    [Fact]
    public void Every_media_constraint_has_one_verdict_in_the_same_words()
    {
        var seen = new List<string>();
        foreach (var row in MediaConstraintTable.Rows)
        {
            foreach (var isViolated in (bool[])[false, true])
            {
                var limit = row.Measure switch
                {
                    MediaMeasure.AspectRatio
                    => 1.5,
                    MediaMeasure.Duration or MediaMeasure.FrameRate => 10.5,
                    _ => 300.0
                };
                var measured = row.IsMinimum == isViolated ? limit / 2 : limit * 2;
                var facts = Facts(row.Measure, measured);
                var analyzed = new MediaFileConstraints(Attribute(row, limit)).Check("car.png", FileFactsOf(facts)).Select(violation
                    => violation.Message).ToArray();
                var checkedAtRunTime = RunTime(row, limit, facts);

                // The build measures bytes and pixels; the time of a film is known at run time only.
                if (row.Measure is MediaMeasure.Duration or MediaMeasure.FrameRate) Assert.Empty(analyzed);
                else Assert.Equal(analyzed, checkedAtRunTime);
                Assert.Equal(isViolated ? 1 : 0, checkedAtRunTime.Count);
                if (isViolated) seen.Add(checkedAtRunTime[0]);
            }
        }

        Assert.Equal(MediaConstraintTable.Rows.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("Image", ".png", "car.png")]
    [InlineData("Image", null, "film.mp4")]
    [InlineData("Video", ".mp4;.mov", "car.png")]
    [InlineData("Video", ".mp4;.mov", "film.3gp")]
    [InlineData("Audio", null, "car.png")]
    [InlineData("Image", ".heic", "car.heif")]
    public void Kinds_of_media_have_one_verdict_in_the_same_words(string kind, string? extensions, string file)
    {
        var arguments = "FalMediaKind." + kind + (extensions is null ? "" : $", Extensions = \"{extensions}\"");
        var analyzed = new MediaFileConstraints(Attribute(arguments)).Check(file, FileFactsOf(null)).Select(violation => violation.Message).ToArray();
        var constraints = new FalMediaConstraints { Kind = Enum.Parse<FalMediaKind>(kind), Extensions = extensions };
        Assert.Equal(analyzed, RunTime(constraints, file, ("ContentType", ContentTypeTable.OfName(file))));
    }

    [Fact]
    public void Media_constraints_of_the_runtime_and_of_the_attribute_have_the_rows_of_the_table()
    {
        var rows = MediaConstraintTable.Rows.Select(row => row.Name).Append("Kind").Append("Extensions").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(rows, typeof(FalMediaConstraints).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));
        var attribute = typeof(SpecMediaAttribute).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
        Assert.Equal(rows, attribute.Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<FalMediaKind>(), Enum.GetNames<MediaKind>());
    }

    [Fact]
    public void Attributes_of_the_runtime_are_the_groups_of_constraints()
    {
        var wire = typeof(SpecMediaAttribute).Assembly.GetTypes().Where(type
            => type.Namespace == "Fal.Wire" && type.IsSubclassOf(typeof(Attribute))).Select(type => type.Name).ToArray();
        Assert.All(ConstraintGroups.All, group => Assert.Contains(group.Attribute + "Attribute", wire));

        // "When" has attributes of its own.
        Assert.Equal(
            Enum.GetNames<CrossFieldRuleKind>().Where(name => name != nameof(CrossFieldRuleKind.When)).Order(StringComparer.Ordinal),
            Enum.GetNames<SpecCrossFieldRuleKind>().Order(StringComparer.Ordinal));
    }

    private static async Task Compare((string Type, string Initializer)[] cases)
    {
        var text = Analyze.WholeFile(
            "public static class Made\n{\n"
                + string.Concat(cases.Select((item, index) => $"public static object M{index}() => new {item.Type} {{ {Complete(item)} }};\n"))
                    + "}\n",
            Origin.Source);
        var analyzed = (await Analyze.Run(text, Origin.Source)).Where(IsVerdict).ToLookup(diagnostic
            => diagnostic.Location.GetLineSpan().StartLinePosition.Line);
        var assembly = Load(text);
        var start = text[..text.IndexOf("public static object M0", StringComparison.Ordinal)].Count(c => c == '\n');
        for (var i = 0; i < cases.Length; i++)
        {
            var value = assembly.GetType("Made")!.GetMethod("M" + i)!.Invoke(null, null)!;
            var expected = Problems(value).Order(StringComparer.Ordinal);
            var found = analyzed[start + i].Select(diagnostic
                => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(found),
                $"{cases[i]}\nrun time: {string.Join(" | ", expected)}\nanalyzer: {string.Join(" | ", found)}");
        }
    }

    /// <summary>Everything that the check at run time refuses; an empty string and the server's default are remarks of the analyzers alone.</summary>
    private static bool IsVerdict(Diagnostic diagnostic) => diagnostic.Id is not ("KLG104" or "KLG109" or "KLG114");

    private static string Complete((string Type, string Initializer) item)
        => item.Type != "ClipRequest" ? item.Initializer
            : string.Join(", ",
                ((string[])["Prompt", "Title"]).Where(name
                    => !item.Initializer.StartsWith(name, StringComparison.Ordinal)).Select(name => name + " = \"a\"").Append(item.Initializer));

    private static Assembly Load(string text)
    {
        using var image = new MemoryStream();
        var outcome = Analyze.Compile(text, Origin.Source).Emit(image);
        Assert.True(outcome.Success,
            string.Join(Environment.NewLine, outcome.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(image.ToArray());
    }

    private static IEnumerable<string> Problems(object request)
    {
        var checks = new FalChecks();
        typeof(IFalObject<>).MakeGenericType(request.GetType()).GetMethod("Check")!.Invoke(request, [checks]);
        return checks.Problems.Select(problem => problem.Message);
    }

    private static Dictionary<(string, string), string[]> Members()
        => Load(Analyze.WholeFile("public class Nothing { }", Origin.Source)).GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .GroupBy(property => (property.DeclaringType!.Name, property.Name))
            .ToDictionary(group
                => group.Key, group
                    => group.First().GetCustomAttributes().Select(attribute
                        => attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal)).ToArray());

    private static (string Name, object? Value)[] Facts(MediaMeasure measure, double value) => measure switch
    {
        MediaMeasure.Bytes => [("Bytes", (long)value)],
        MediaMeasure.Width => [("Width", (int)value), ("Height", 300)],
        MediaMeasure.Height => [("Width", 300), ("Height", (int)value)],
        MediaMeasure.Pixels => [("Width", (int)value), ("Height", 1)],
        MediaMeasure.AspectRatio => [("Width", (int)(value * 1000)), ("Height", 1000)],
        MediaMeasure.Duration => [("Duration", value)],
        _ => [("FrameRate", value)],
    };

    private static FileFacts FileFactsOf((string Name, object? Value)[]? facts)
    {
        object Of(string name, object otherwise) => facts?.FirstOrDefault(fact => fact.Name == name).Value ?? otherwise;
        var line = facts is null ? "" : $"car.png\t{Of("Bytes", 1000L)}\t{Of("Width", 0)}\t{Of("Height", 0)}\n";
        return FileFacts.Read([new FactsText(line)], CancellationToken.None);
    }

    private static AttributeData Attribute(MediaConstraintRow row, double limit)
        => Attribute("FalMediaKind.Any, " + row.Name + " = "
            + (row.Type == LimitType.Double ? ValueText.Number(limit) : ((long)limit).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static AttributeData Attribute(string arguments)
    {
        var tree = CSharpSyntaxTree.ParseText($"using Fal.Wire; class C {{ [SpecMedia({arguments})] public object P {{ get; set; }} }}");
        var compilation = CSharpCompilation.Create("attribute", [tree], [.. EmittedTypes.Framework, EmittedTypes.Runtime]);
        return compilation.GetTypeByMetadataName("C")!.GetMembers("P").Single().GetAttributes().Single();
    }

    private static IReadOnlyList<string> RunTime(MediaConstraintRow row, double limit, (string Name, object? Value)[] facts)
    {
        var constraints = new FalMediaConstraints();
        var property = typeof(FalMediaConstraints).GetProperty(row.Name)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType)!;
        property.SetValue(constraints, Convert.ChangeType(limit, type, System.Globalization.CultureInfo.InvariantCulture));
        return RunTime(constraints, "car.png", [.. facts, ("ContentType", "image/png")]);
    }

    /// <summary>The runtime's own check, whose messages name the file as <c>&lt;file car.png&gt;</c>.</summary>
    private static IReadOnlyList<string> RunTime(FalMediaConstraints constraints, string file, params (string Name, object? Value)[] facts)
    {
        var runtime = typeof(FalClient).Assembly;
        var type = runtime.GetType("Fal.Media.MediaFacts")!;
        var known = Activator.CreateInstance(type)!;
        foreach (var (name, value) in facts) type.GetProperty(name)!.SetValue(known, value);
        var check = runtime.GetType("Fal.Media.MediaConstraintCheck")!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!;
        var problems = (IReadOnlyList<FalProblem>)check.Invoke(null, ["x", FalMedia.FromFile(file), known, constraints])!;
        return [.. problems.Select(problem => problem.Message["'x' ".Length..].Replace($"<file {file}>", file, StringComparison.Ordinal))];
    }

    private sealed class FactsText(string text) : AdditionalText
    {
        public override string Path => "/user/obj/" + FileFacts.FileName;

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default)
            => Microsoft.CodeAnalysis.Text.SourceText.From(text);
    }
}
