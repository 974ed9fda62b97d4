using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fal;
using Fal.Wire;
using KlingGen.Checks;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Cli.Running;

/// <summary>Validates the values of a request by the checks that emitted code calls, so that messages are equal.</summary>
/// <param name="checks">Where problems go.</param>
/// <param name="endpoint">The document.</param>
/// <param name="place">The prefix of names in messages: <c>elements.0.</c></param>
internal sealed class ValueChecks(FalChecks checks, KnownEndpoint endpoint, string place)
{
    /// <summary>The members of an object, and the rules between them.</summary>
    public void Members(JsonObject json, ObjectModel model)
    {
        foreach (var property in model.Properties)
        {
            var isGiven = json.TryGetPropertyValue(property.WireName, out var value);
            if (property.IsRequired && !property.IsFixed && (!isGiven || (value is null && !property.Type.IsNullable)))
                checks.Required(property.WireName, null);
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
            case TypeKind.Text when RequestValue.MediaOf(value) is null:
                Constraints(name, new ConstrainedValue.Text(value.GetValue<string>()),
                use); break;
            case TypeKind.Media: Media(name, value, use); break;
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide or TypeKind.Number: Number(name, value.ToJsonString(), use); break;
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum: Enum(name, value, use); break;
            case TypeKind.Object when endpoint.Find(use) is ObjectModel model:
                checks.Object(
                name,
                new RequestValue(value.AsObject(), endpoint, model, $"{place}{name}.")); break;
            case TypeKind.Union when endpoint.Find(use) is UnionModel union: Union(name, value, union); break;
            case TypeKind.List: List(name, [.. value.AsArray()], use); break;
            case TypeKind.Map: Map(name, new(value.AsObject()), use); break;
        }
    }

    private void Media(string name, JsonNode value, TypeUse use)
    {
        var local = RequestValue.MediaOf(value);
        checks.Media(name, local ?? FalMedia.FromUrl(value.GetValue<string>()), MediaOf(use.Constraints.Media));
        if (local is null) Constraints(name, new ConstrainedValue.Text(value.GetValue<string>()), use);
    }

    private void Number(string name, string text, TypeUse use)
    {
        var integer = use.Kind == TypeKind.Number ? null : Integer(text);
        if (use.Kind != TypeKind.Number && integer is null) checks.Add(name, "int_from_float", $"'{place}{name}' must be an integer, not {text}");
        else Constraints(name, new ConstrainedValue.Number(NumberText.ToDouble(text), integer), use);
    }

    private void Constraints(string name, ConstrainedValue value, TypeUse use)
    {
        foreach (var (_, violation) in ConstraintGroups.Check(use.Constraints, use.Kind, value))
        {
            JsonElement? context = violation.Context is { } json ? JsonDocument.Parse(json).RootElement : null;
            checks.Add(name, violation.Type, $"'{place}{name}' {violation.Message}", context);
        }
    }

    private void Enum(string name, JsonNode value, TypeUse use)
    {
        if (endpoint.Find(use) is not EnumModel model) return;
        var text = model.Kind == EnumKind.Text ? value.GetValue<string>() : value.ToJsonString();
        if (model.Values.Any(known
            => model.Kind == EnumKind.Text ? known.Wire == text : NumberText.ToDouble(known.Wire).Equals(NumberText.ToDouble(text)))) return;
        string[] words = [.. model.Values.Select(known => known.Wire)];
        var violation = ValueRules.Undefined(text, model.Kind == EnumKind.Text ? ValueText.Quote(text) : text, words);
        checks.Add(name, violation.Type, $"'{place}{name}' {violation.Message}");
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
        else checks.Add(
            name,
            "union_error",
            $"'{place}{name}' fits none of the permitted shapes: {string.Join(", ", union.Branches.Select(branch => branch.Name))}");
    }

    private void List(string name, JsonNode?[] items, TypeUse use)
    {
        var repeated = use.Constraints.UniqueItems ? RepeatedIndex(items) : null;
        Constraints(name, new ConstrainedValue.Items(items.Length, IsComplete: true, repeated, CountWith), use);
        checks.Each(name, items, (_, index, item) => Within(name).Item(index, item, use.Element!));

        int? CountWith(ContainsConstraint contains) => items.Count(item => item is JsonObject element && element[contains.Property] is not null);
    }

    private static string? RepeatedIndex(JsonNode?[] items)
    {
        var seen = new HashSet<string>();
        var index = Array.FindIndex(items, item => !seen.Add(RequestValue.MediaOf(item)?.ToString() ?? item?.ToJsonString() ?? "null"));
        return index < 0 ? null : index.ToString(CultureInfo.InvariantCulture);
    }

    private void Map(string name, Dictionary<string, JsonNode?> members, TypeUse use)
    {
        Constraints(name, new ConstrainedValue.Items(members.Count, IsComplete: true, null, static _ => null), use);
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

    private static BigInteger? Integer(string text)
        => NumberText.Floor(text) is var whole && whole == NumberText.Ceiling(text) ? whole : null;

    private static FalMediaConstraints? MediaOf(MediaConstraints? constraints)
    {
        if (constraints is null) return null;
        var demands = new FalMediaConstraints
        {
            Kind = System.Enum.Parse<FalMediaKind>(constraints.Kind.ToString()),
            Extensions = constraints.Extensions
        };
        foreach (var row in MediaConstraintTable.Rows)
        {
            if (constraints.LimitOf(row) is { } limit) typeof(FalMediaConstraints).GetProperty(row.Name)!.SetValue(demands, Bounded(limit, row.Type));
        }

        return demands;
    }

    private static object Bounded(string limit, LimitType type)
    {
        var number = NumberText.ToDouble(limit);
        return type switch
        {
            LimitType.Int32 => (object)int.CreateSaturating(number),
            LimitType.Int64 => (object)long.CreateSaturating(number),
            _ => (object)number,
        };
    }
}
