using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Fal;
using Fal.Wire;
using KlingGen.Cli.Diff;

namespace KlingGen.Cli.Tests.Diff;

/// <summary>Looks for a value that the old emitted check let through and the new one refuses: the run-time half of what breaking means.</summary>
internal static class Refusal
{
    private const string Address = "https://example.com/";

    // The constraints on a file hold for local files and data URIs; fal checks a file that has a URL.
    private const string DataUri = "data:image/png;base64,AAAA";

    public static bool IsShown(Change change, Type old, Type @new)
    {
        if (change.Kind is ChangeKind.ClientRenamed or ChangeKind.ClientMoved) return !Equals(IdOf(old), IdOf(@new));
        if (change.Kind == ChangeKind.ValueRewired) return SendsAnotherValue(change, old, @new);
        if (change.Kind == ChangeKind.RuleAdded || (change.Kind == ChangeKind.ConstraintTightened && change.Limit == "rule"))
            return BySets(old, @new);
        if (typeof(FalUnion).IsAssignableFrom(old)) return ByShapes(change, old, @new);
        if (change.Member is null || change.WireName is null) return false;
        var (one, other) = (old.GetProperty(change.Member), @new.GetProperty(change.Member));
        if (one is null || other is null) return false;
        if (change.Kind is ChangeKind.MemberBecameRequired or ChangeKind.MemberAdded)
            return Problems(Blank(@new)).Any(problem => IsAt(problem, change.WireName));
        if (change.Limit is { } limit && (limit is "kind" or "extensions" || limit.Contains('_', StringComparison.Ordinal)))
            return HoldsFilesToMore(one, other);
        return Witnesses(change, one.PropertyType, other.PropertyType).Any(
            witness => IsRefusedNow(witness.Old, witness.New, one, other, change.WireName));
    }

    /// <summary>Old code may compile and send another value: the attribute of the name says which, or its JSON is of another kind.</summary>
    private static bool SendsAnotherValue(Change change, Type old, Type @new)
        => change.Member is { } name ? WordOf(old, name) != WordOf(@new, name) : JsonKindOf(old) != JsonKindOf(@new);

    private static string? WordOf(Type type, string name)
        => type.GetMember(name, BindingFlags.Public | BindingFlags.Static).Single().GetCustomAttribute<SpecNameAttribute>()?.WireName;

    private static JsonValueKind JsonKindOf(Type type) => JsonSerializer.SerializeToElement(Enum.GetValues(type).GetValue(0), type).ValueKind;

    /// <summary>Old code may compile and run another endpoint, which is no better.</summary>
    private static object? IdOf(Type client) => client.GetField("Id")?.GetRawConstantValue();

    /// <summary>Files are looked into later, when they are at hand; the check says which limits they are then held to.</summary>
    private static bool HoldsFilesToMore(PropertyInfo one, PropertyInfo other)
    {
        var (before, after) = (ConstraintsOf(one), ConstraintsOf(other));
        return after is not null
            && typeof(FalMediaConstraints).GetProperties().Any(limit
                => !Equals(before is null ? null : limit.GetValue(before), limit.GetValue(after)));
    }

    private static FalMediaConstraints? ConstraintsOf(PropertyInfo property)
    {
        if (Fit(DataUri, property.PropertyType) is not { } media) return null;
        var checks = Run(With(property, media));
        var met = (IEnumerable)typeof(FalChecks).GetProperty("MediaToCheck", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(checks)!;
        var constraints = met.Cast<object>().Select(check => check.GetType().GetProperty("Constraints")!.GetValue(check));
        return (FalMediaConstraints?)constraints.FirstOrDefault();
    }

    private static bool IsRefusedNow(object before, object after, PropertyInfo one, PropertyInfo other, string wireName)
        => !Problems(With(one, before)).Any(problem => IsAt(problem, wireName))
            && Problems(With(other, after)).Any(problem => IsAt(problem, wireName));

    private static bool IsAt(FalProblem problem, string wireName)
        => problem.Path == wireName || problem.Path.StartsWith(wireName + ".", StringComparison.Ordinal);

    /// <summary>An object without any member, required ones included: only the member in question is asked about.</summary>
    private static object Blank(Type type) => RuntimeHelpers.GetUninitializedObject(type);

    private static object With(PropertyInfo property, object value)
    {
        var target = Blank(property.DeclaringType!);
        property.SetValue(target, value);
        return target;
    }

    private static IReadOnlyList<FalProblem> Problems(object value) => Run(value).Problems;

    private static FalChecks Run(object value)
    {
        var checks = new FalChecks();
        var contract = value.GetType().GetInterfaces().Single(type => type.Name == "IFalObject`1" && type.GenericTypeArguments[0] == value.GetType());
        contract.GetMethod("Check")!.Invoke(value, [checks]);
        return checks;
    }

    private static IEnumerable<(object Old, object New)> Witnesses(Change change, Type old, Type @new)
    {
        foreach (var witness in Plain(change))
        {
            if (Fit(witness, old) is { } before && Fit(witness, @new) is { } after) yield return (before, after);
        }
    }

    /// <summary>Values on the wrong side of the new limit.</summary>
    private static IEnumerable<object> Plain(Change change)
    {
        var limit = change.New is null || !double.TryParse(change.New, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? 0 : number;
        double? before = double.TryParse(change.Old, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
        switch (change.Limit)
        {
            case "minimum" or "maximum":
                var step = change.Limit == "minimum" ? -1 : 1;
                foreach (var candidate in new[] {
                    limit,
                    limit + step,
                    limit + (step * 1e-6),
                    before ?? limit + (100 * step),
                    ((before ?? limit) + limit) / 2 }) yield return candidate;
                break;
            case "multipleOf":
                foreach (var candidate in Enumerable.Range(0, 400)) yield return (double)candidate;
                foreach (var candidate in Enumerable.Range(1, 400)) yield return candidate / 100.0;
                break;
            case "minLength" or "maxLength":
                foreach (var text in Texts((int)limit + (change.Limit == "minLength" ? -1 : 1))) yield return text;
                break;
            case "format" or "pattern":
                foreach (var text in new[] { "no address", "", "a", "A", "1", "-", "abc", "#zzz", "\u00e9" }) yield return text;
                break;
            case "minItems" or "maxItems":
                yield return (int)limit + (change.Limit == "minItems" ? -1 : 1);
                break;
            case "uniqueItems":
                yield return 2;
                break;
        }
    }

    private static IEnumerable<string> Texts(int length)
    {
        if (length < 0) yield break;
        yield return new string('a', length);
        if (length > Address.Length) yield return Address + new string('a', length - Address.Length);
    }

    /// <summary>The witness as a value of the member's type; a list holds it once, or has it as its length.</summary>
    private static object? Fit(object witness, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return FitList(witness, type.GenericTypeArguments[0]);
        if (witness is double number)
        {
            if (type == typeof(double)) return number;
            if (number != Math.Floor(number) || Math.Abs(number) > 1e15) return null;
            if (type == typeof(long)) return (long)number;
            if (type == typeof(int)) return number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
            return type == typeof(Int128) ? (Int128)number : null;
        }

        if (witness is not string text) return null;
        if (type == typeof(string)) return text;

        // Written as a choice, the text would be turned into media on the way.
        return type == typeof(FalMedia) ? FalMedia.FromUrl(text) : null;
    }

    private static IList? FitList(object witness, Type element)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        if (witness is int count)
        {
            for (var i = 0; i < count; i++) list.Add(Filler(element));
            return list;
        }

        if (Fit(witness, element) is not { } value) return null;
        list.Add(value);
        return list;
    }

    private static object? Filler(Type type)
        => Fit(Address, type) ?? (type.IsGenericType
            ? Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments[^1]))
            : Blank(type));

    /// <summary>A choice is checked through the shape that its value has.</summary>
    private static bool ByShapes(Change change, Type old, Type @new)
    {
        foreach (var (one, other) in Entries(old).Join(
            Entries(@new),
            entry => entry.GetParameters()[0].ParameterType.Name,
            entry => entry.GetParameters()[0].ParameterType.Name,
            (one, other) => (one, other)))
        {
            foreach (var (before, after) in Witnesses(change, one.GetParameters()[0].ParameterType, other.GetParameters()[0].ParameterType))
            {
                if (Problems(one.Invoke(null, [before])!).Count == 0 && Problems(other.Invoke(null, [after])!).Count > 0) return true;
            }
        }

        return false;
    }

    private static IEnumerable<MethodInfo> Entries(Type type) => type.GetMethods().Where(method => method.Name == "op_Implicit");

    /// <summary>Rules ask which members are given, and how their numbers stand: each of the members alone, all of them, none.</summary>
    private static bool BySets(Type old, Type @new)
    {
        PropertyInfo[] members = [.. old.GetProperties()
            .Where(property => property.CanWrite && property.Name != "Extra" && @new.GetProperty(property.Name) is not null)];
        for (var set = 0; set < 1 << Math.Min(members.Length, 6); set++)
        {
            foreach (var number in new[] { 1, 10 })
            {
                var (one, other) = (Blank(old), Blank(@new));
                for (var i = 0; i < Math.Min(members.Length, 6); i++)
                {
                    if ((set & (1 << i)) == 0) continue;
                    members[i].SetValue(one, Sample(members[i].PropertyType, number));
                    var twin = @new.GetProperty(members[i].Name)!;
                    twin.SetValue(other, Sample(twin.PropertyType, number));
                }

                var before = Problems(one).Select(problem => problem.ToString()).ToHashSet();
                if (Problems(other).Any(problem => !before.Contains(problem.ToString()))) return true;
            }
        }

        return false;
    }

    private static object? Sample(Type type, int number)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return Enum.ToObject(type, 1);
        if (Fit((double)number, type) is { } value) return value;
        if (Fit(Address, type) is { } text) return text;
        if (type == typeof(bool)) return true;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
            var element = Blank(type.GenericTypeArguments[0]);
            foreach (var property in element.GetType().GetProperties().Where(property => property.CanWrite))
                property.SetValue(element, Sample(property.PropertyType, number));
            list.Add(element);
            return list;
        }

        return type.IsClass ? Blank(type) : null;
    }
}
