using System.Globalization;
using System.Text.Json;

namespace Fal;

/// <summary>Evaluates one price rule for the JSON of one request, with the server's defaults for properties that the request leaves out.</summary>
internal static class PriceCalculation
{
    private const string Any = "*";
    private const string EachElement = "[].";

    public static FalCostEstimate Estimate(PriceRule rule, JsonElement request, string currency, DateOnly listDate)
    {
        if (RateFor(rule, request) is not { } price) return FalCostEstimate.Unknown("the price list has no rate for these parameters.");
        var asOf = rule.AsOf ?? listDate;
        if (rule.Per == PriceUnit.Request) return FalCostEstimate.Between(price, price, currency, rule.Confidence, asOf, rule.Source);
        if (SecondsOf(rule, request) is { } seconds)
        {
            return FalCostEstimate.Between(price * seconds, price * seconds, currency, rule.Confidence, asOf, rule.Source);
        }
        const string Unopened = "the length follows from an input file that an estimate does not open";
        return rule.MaximumSeconds is { } longest
            ? FalCostEstimate.Between(0, price * longest, currency, rule.Confidence, asOf, rule.Source, Unopened)
            : FalCostEstimate.Unknown(string.Create(
                CultureInfo.InvariantCulture, $"the price is {price} {currency} per second, and the request names no length."));
    }

    private static decimal? RateFor(PriceRule rule, JsonElement request)
    {
        foreach (var rate in rule.Rates)
            if (rate.When is null || rate.When.All(condition => Holds(condition.Value, ValueAt(condition.Key, rule, request)))) return rate.Price;
        return null;
    }

    private static bool Holds(JsonElement expected, JsonElement? actual)
    {
        if (actual is not { } value) return false;
        if (expected.ValueKind == JsonValueKind.String && expected.ValueEquals(Any)) return !IsEmpty(value);
        return expected.ValueKind == value.ValueKind && expected.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => true,
            JsonValueKind.String => value.ValueEquals(expected.GetString()),
            JsonValueKind.Number => value.TryGetDecimal(out var number) && expected.GetDecimal() == number,
            _ => false,
        };
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.ValueEquals(""),
        _ => false,
    };

    private static decimal? SecondsOf(PriceRule rule, JsonElement request)
    {
        foreach (var path in rule.Seconds ?? [])
        {
            var split = path.IndexOf(EachElement, StringComparison.Ordinal);
            if (split < 0)
            {
                if (ValueAt(path, rule, request) is { } value) return NumberOf(value);
            }
            else if (Member(request, path[..split]) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0)
            {
                return Sum(list, path[(split + EachElement.Length)..], DefaultOf(path, rule));
            }
        }
        return null;
    }

    private static decimal? Sum(JsonElement list, string name, JsonElement? fallback)
    {
        var sum = 0m;
        foreach (var element in list.EnumerateArray())
        {
            if ((Member(element, name) ?? fallback) is not { } value || NumberOf(value) is not { } number) return null;
            sum += number;
        }
        return sum;
    }

    private static JsonElement? ValueAt(string path, PriceRule rule, JsonElement request) => Member(request, path) ?? DefaultOf(path, rule);

    private static JsonElement? DefaultOf(string path, PriceRule rule)
        => rule.Defaults is { } defaults && defaults.TryGetValue(path, out var value) ? value : null;

    // A null property means the server's default, like an absent one.
    private static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    // Kling writes a duration as "5", other models as "5s" or 5.
    private static decimal? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) && number >= 0 => number,
        JsonValueKind.String when decimal.TryParse(
            value.GetString()!.TrimEnd('s'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
