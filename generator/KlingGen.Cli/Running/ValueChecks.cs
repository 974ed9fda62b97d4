using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using Fal.Wire;
using KlingGen.Model;
using KlingGen.Specs;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace KlingGen.Cli.Running;

/// <summary>Gives the values of a request to the checks that emitted code gives its members to, so that a limit is said in the same words.</summary>
/// <param name="checks">Where problems go.</param>
/// <param name="endpoint">The document.</param>
/// <param name="place">What stands before the names in messages: <c>elements.0.</c></param>
internal sealed class ValueChecks(FalChecks checks, KnownEndpoint endpoint, string place)
{
    /// <summary>The members of an object, and the rules between them.</summary>
    public void Members(JsonObject json, ObjectModel model)
    {
        foreach (var property in model.Properties)
        {
            var isGiven = json.TryGetPropertyValue(property.WireName, out var value);
            if (property.IsRequired && !property.IsFixed && (!isGiven || (value is null && !property.Type.IsNullable))) checks.Required(property.WireName, null);
            else if (value is not null) Value(property.WireName, value, property.Type);
        }

        foreach (var rule in model.Rules) new CrossFieldRuleChecks(checks, json, model, this).Check(rule);
    }

    /// <summary>One value that is not null.</summary>
    /// <param name="name">The wire name, or an index.</param>
    /// <param name="value">The value.</param>
    /// <param name="use">What it should be.</param>
    public void Value(string name, JsonNode value, TypeUse use)
    {
        if (!IsOfKind(value, use.Kind, out var wanted))
        {
            checks.Add(name, "type_error", $"'{place}{name}' must be {wanted}, not {Shown(value)}");
            return;
        }

        switch (use.Kind)
        {
            case TypeKind.Text: Text(name, RequestValue.MediaOf(value) is null ? value.GetValue<string>() : null, use.Constraints); break;
            case TypeKind.Media: checks.Media(name, RequestValue.MediaOf(value)
                ?? FalMedia.FromUrl(value.GetValue<string>()), MediaOf(use.Constraints.Media)); break;
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number: Number(name, value.ToJsonString(), use); break;
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum: Enum(name, value, use); break;
            case TypeKind.Object when endpoint.Find(use) is ObjectModel model: checks.Object(name, new RequestValue(value.AsObject(), endpoint, model, $"{place}{name}.")); break;
            case TypeKind.Union when endpoint.Find(use) is UnionModel union: Union(name, value, union); break;
            case TypeKind.List: List(name, [.. value.AsArray()], use); break;
            case TypeKind.Map: Map(name, new(value.AsObject()), use); break;
        }
    }

    private void Text(string name, string? text, Constraints constraints)
    {
        if (constraints.HasLength) checks.Length(name, text, constraints.MinLength ?? 0, constraints.MaxLength ?? int.MaxValue);
        if (constraints.IsUrl) checks.Url(name, text);
        if (constraints.Pattern is { } pattern) checks.Pattern(name, text, pattern);
    }

    private void Number(string name, string text, TypeUse use)
    {
        var constraints = use.Constraints;
        if (use.Kind != TypeKind.Number && Integer(text) is { } integer && Integers(constraints) is { } bounds)
        {
            checks.Integer(name, integer, bounds.Min, bounds.Max, bounds.Step);
            return;
        }

        if (use.Kind != TypeKind.Number && Integer(text) is null) checks.Add(name, "int_from_float", $"'{place}{name}' must be an integer, not {text}");
        else
        {
            checks.Number(
                name, Numbers.Double(text),
                constraints.Minimum is null ? double.NegativeInfinity : Numbers.Double(constraints.Minimum),
                constraints.Maximum is null ? double.PositiveInfinity : Numbers.Double(constraints.Maximum),
                constraints.ExclusiveMinimum is null ? double.NegativeInfinity : Numbers.Double(constraints.ExclusiveMinimum),
                constraints.ExclusiveMaximum is null ? double.PositiveInfinity : Numbers.Double(constraints.ExclusiveMaximum),
                constraints.MultipleOf is null ? 0 : Numbers.Double(constraints.MultipleOf));
        }
    }

    private void Enum(string name, JsonNode value, TypeUse use)
    {
        if (endpoint.Find(use) is not EnumModel model) return;
        var text = model.Kind == EnumKind.Text ? value.GetValue<string>() : value.ToJsonString();
        if (model.Values.Any(known => model.Kind == EnumKind.Text ? known.Wire == text : Numbers.Double(known.Wire).Equals(Numbers.Double(text)))) return;
        var permitted = string.Join(", ", model.Values.Select(known => model.Kind == EnumKind.Text ? $"'{known.Wire}'" : known.Wire));
        checks.Add(name, "enum", $"'{place}{name}' must be one of {permitted}, not {Shown(value)}");
    }

    /// <summary>The value is judged by the shape that it fits, or comes nearest to.</summary>
    private void Union(string name, JsonNode value, UnionModel union)
    {
        (BranchModel Branch, int Problems)? best = null;
        foreach (var branch in union.Branches.Where(branch => IsOfKind(value, branch.Type.Kind, out _)))
        {
            var trial = new FalChecks();
            new ValueChecks(trial, endpoint, place).Value(name, value, branch.Type);
            if (best is null || trial.Problems.Count < best.Value.Problems) best = (branch, trial.Problems.Count);
        }

        if (best is { } nearest) Value(name, value, nearest.Branch.Type);
        else checks.Add(name, "union_error", $"'{place}{name}' fits none of the permitted shapes: {string.Join(", ", union.Branches.Select(branch => branch.Name))}");
    }

    private void List(string name, JsonNode?[] items, TypeUse use)
    {
        var constraints = use.Constraints;
        if (constraints.HasCount) checks.Count(name, items, constraints.MinItems ?? 0, constraints.MaxItems ?? int.MaxValue);
        if (constraints.UniqueItems)
            checks.Unique(name, items.Select(item => RequestValue.MediaOf(item)?.ToString() ?? item?.ToJsonString()).ToArray());
        if (constraints.Contains is { MaxCount: { } most } contains)
        {
            var count = items.Count(item => item is JsonObject element && element[contains.Member] is not null);
            checks.AtMost(name, count, most, (most == 1 ? "element with '" : "elements with '") + contains.Member + "'");
        }

        checks.Each(name, items, (_, index, item) => Within(name).Item(index, item, use.Element!));
    }

    private void Map(string name, Dictionary<string, JsonNode?> members, TypeUse use)
    {
        if (use.Constraints.HasCount) checks.Count(name, members, use.Constraints.MinItems ?? 0, use.Constraints.MaxItems ?? int.MaxValue);
        checks.EachOf(name, members, (_, key, value) => Within(name).Item(key, value, use.Element!));
    }

    private ValueChecks Within(string name) => new(checks, endpoint, $"{place}{name}.");

    private void Item(string name, JsonNode? value, TypeUse use)
    {
        if (value is not null) Value(name, value, use);
        else if (!use.IsNullable && use.Kind != TypeKind.Json) checks.Required(name, null);
    }

    private static bool IsOfKind(JsonNode value, TypeKind kind, out string wanted)
    {
        var given = RequestValue.MediaOf(value) is null ? value.GetValueKind() : JsonValueKind.String;
        (wanted, var isIt) = kind switch
        {
            TypeKind.Text or TypeKind.TextEnum => ("a text", given == JsonValueKind.String),
            TypeKind.Media => ("the address of a file, or @ and a local file", given == JsonValueKind.String),
            TypeKind.Boolean => ("true or false", given is JsonValueKind.True or JsonValueKind.False),
            TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.IntegerEnum => ("an integer", given == JsonValueKind.Number),
            TypeKind.Number or TypeKind.NumberEnum => ("a number", given == JsonValueKind.Number),
            TypeKind.List => ("a list", given == JsonValueKind.Array),
            TypeKind.Map or TypeKind.Object or TypeKind.File or TypeKind.Image => ("an object", given == JsonValueKind.Object),
            _ => ("JSON", true),
        };
        return isIt;
    }

    private static string Shown(JsonNode value)
    {
        var text = RequestValue.MediaOf(value)?.ToString() ?? value.ToJsonString();
        return text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "…");
    }

    private static Int128? Integer(string text)
        => Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == decimal.Truncate(exact) ? (Int128)exact : null;

    /// <summary>The limits as integers; null where one of them is none.</summary>
    private static (Int128? Min, Int128? Max, Int128? Step)? Integers(Constraints constraints)
    {
        if (constraints.ExclusiveMinimum is not null || constraints.ExclusiveMaximum is not null) return null;
        var (min, max, step) = (Whole(constraints.Minimum), Whole(constraints.Maximum), Whole(constraints.MultipleOf));
        return min.IsWhole && max.IsWhole && step.IsWhole ? (min.Value, max.Value, step.Value) : null;

        static (bool IsWhole, Int128? Value) Whole(string? limit) => limit is null ? (true, null) : Integer(limit) is { } whole ? (true, whole) : (false, null);
    }

    private static FalMediaConstraints? MediaOf(MediaConstraints? constraints) => constraints is null ? null : new FalMediaConstraints
    {
        Kind = System.Enum.Parse<FalMediaKind>(constraints.Kind.ToString()),
        MinBytes = Bounded<long>(constraints.MinBytes),
        MaxBytes = Bounded<long>(constraints.MaxBytes),
        MinWidth = Bounded<int>(constraints.MinWidth),
        MaxWidth = Bounded<int>(constraints.MaxWidth),
        MinHeight = Bounded<int>(constraints.MinHeight),
        MaxHeight = Bounded<int>(constraints.MaxHeight),
        MaxPixels = Bounded<long>(constraints.MaxPixels),
        MinAspectRatio = Bounded<double>(constraints.MinAspectRatio),
        MaxAspectRatio = Bounded<double>(constraints.MaxAspectRatio),
        MinDuration = Bounded<double>(constraints.MinDuration),
        MaxDuration = Bounded<double>(constraints.MaxDuration),
        MinFps = Bounded<double>(constraints.MinFps),
        MaxFps = Bounded<double>(constraints.MaxFps),
        Extensions = constraints.Extensions,
    };

    private static T? Bounded<T>(string? number)
        where T : struct, INumber<T>
        => number is null ? null : T.CreateSaturating(Numbers.Double(number));
}
