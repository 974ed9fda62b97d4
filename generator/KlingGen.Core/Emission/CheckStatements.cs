using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the checks of one value, one line per limit.</summary>
internal static class CheckStatements
{
    /// <param name="writer">Where to.</param>
    /// <param name="name">An expression for the wire name.</param>
    /// <param name="value">An expression for the value.</param>
    /// <param name="use">Its type.</param>
    /// <param name="holder">The role of the object that holds it.</param>
    /// <param name="scope">The file.</param>
    /// <param name="place">A name for the media limits of this place.</param>
    /// <param name="isAdded">Everything that holds anyway has been checked; only what a condition adds is to be.</param>
    public static void Write(SourceWriter writer, string name, string value, TypeUse use, TypeRole holder, EmissionScope scope, string place, bool isAdded = false)
    {
        var limits = use.Limits;
        if (isAdded && !Adds(use)) return;
        switch (use.Kind)
        {
            case TypeKind.Text:
                Length(writer, name, value, limits);
                break;
            case TypeKind.Media when EmissionScope.IsInput(holder):
                var known = scope.MediaLimits.Use(limits.Media, place);
                writer.Line($"checks.Media({name}, {value}{(known is null ? "" : ", " + known)});");
                break;
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide when limits.HasRange:
                writer.Line($"checks.Integer({name}, {value}{IntegerRange(limits)});");
                break;
            case TypeKind.Number:
                writer.Line($"checks.Number({name}, {value}{NumberRange(limits)});");
                break;
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum when !scope.IsPlainNumber(use):
                writer.Line($"if (!{scope.Words(use)}.Has({value})) checks.Defined({name}, false, {value});");
                break;
            case TypeKind.List:
                Count(writer, name, value, limits);
                Contains(writer, name, value, limits);
                Elements(writer, name, value, use.Element!, holder, scope, place, "Each", isAdded);
                break;
            case TypeKind.Map:
                Count(writer, name, value, limits);
                Elements(writer, name, value, use.Element!, holder, scope, place, "EachOf", isAdded);
                break;
            case TypeKind.Object or TypeKind.Union or TypeKind.File or TypeKind.Image:
                writer.Line($"checks.Object({name}, {value});");
                break;
        }
    }

    private static bool Adds(TypeUse use)
        => use.Limits.HasLength || use.Limits.Pattern is not null || use.Limits.HasRange || use.Limits.HasCount || use.Limits.UniqueItems || use.Limits.Contains is not null
            || use.Limits.Media is { } media && (media.HasNumbers || media.Extensions is not null) || use.Element is { } element && Adds(element);

    private static void Length(SourceWriter writer, string name, string value, Limits limits)
    {
        if (limits.HasLength) writer.Line($"checks.Length({name}, {value}{Bounds(limits.MinLength, limits.MaxLength)});");
        if (limits.IsUrl) writer.Line($"checks.Url({name}, {value});");
        if (limits.Pattern is not null) writer.Line($"checks.Pattern({name}, {value}, {Literal.String(limits.Pattern)});");
    }

    private static void Count(SourceWriter writer, string name, string value, Limits limits)
    {
        if (limits.HasCount) writer.Line($"checks.Count({name}, {value}{Bounds(limits.MinItems, limits.MaxItems)});");
        if (limits.UniqueItems) writer.Line($"checks.Unique({name}, {value});");
    }

    private static void Contains(SourceWriter writer, string name, string value, Limits limits)
    {
        if (limits.Contains is not { MaxCount: { } most } contains) return;
        writer.Open($"if ({value} is not null)");
        writer.Line("var count = 0;");
        writer.Line($"foreach (var element in {value}) count += element?.{Identifier.Escape(contains.Name)} is null ? 0 : 1;");
        writer.Line($"checks.AtMost({name}, count, {most}, {Literal.String(most == 1 ? "element with '" + contains.Member + "'" : "elements with '" + contains.Member + "'")});");
        writer.Close();
        writer.Line();
    }

    private static void Elements(SourceWriter writer, string name, string value, TypeUse element, TypeRole holder, EmissionScope scope, string place, string each, bool isAdded)
    {
        if (isAdded && !Adds(element)) return;
        if (each == "Each" && !element.IsNullable)
        {
            if (element.Kind is TypeKind.Object or TypeKind.Union or TypeKind.File or TypeKind.Image)
            {
                writer.Line($"checks.Objects({name}, {value});");
                return;
            }

            if (element.Kind == TypeKind.Media && EmissionScope.IsInput(holder))
            {
                var known = scope.MediaLimits.Use(element.Limits.Media, place);
                writer.Line($"checks.EachMedia({name}, {value}{(known is null ? "" : ", " + known)});");
                return;
            }
        }

        var body = new SourceWriter();
        if (!isAdded && !element.IsNullable && !EmissionScope.IsValueType(element)) body.Line("checks.Required(index, value);");
        Write(body, "index", "value", element, holder, scope, place, isAdded);
        var lines = body.ToString();
        if (lines.Length == 0) return;
        if (lines.IndexOf('\n') == lines.Length - 1 && !lines.StartsWith("if", System.StringComparison.Ordinal))
        {
            writer.Line($"checks.{each}({name}, {value}, static (checks, index, value) => {lines.TrimEnd('\n').TrimEnd(';')});");
            return;
        }

        writer.Line($"checks.{each}({name}, {value}, static (checks, index, value) =>");
        writer.Open();
        writer.Write(lines);
        writer.Close(");");
    }

    private static string Bounds(int? min, int? max)
        => (min is > 0 ? ", min: " + Literal.Number((long)min) : "") + (max is null ? "" : ", max: " + Literal.Number((long)max));

    private static string IntegerRange(Limits limits)
    {
        var text = "";
        if (limits.Minimum is { } minimum) text += ", min: " + Integer(minimum, roundUp: true);
        else if (limits.Above is { } above) text += ", min: " + Integer(above, roundUp: true, step: 1);
        if (limits.Maximum is { } maximum) text += ", max: " + Integer(maximum, roundUp: false);
        else if (limits.Below is { } below) text += ", max: " + Integer(below, roundUp: false, step: -1);
        if (limits.MultipleOf is { } step && Specs.Numbers.TryInt64(step, out var multiple) && multiple > 0) text += ", multipleOf: " + Literal.Number(multiple);
        return text;
    }

    /// <summary>The nearest integer that the limit admits; an exclusive limit admits the next one.</summary>
    private static string Integer(string limit, bool roundUp, int step = 0)
    {
        if (Specs.Numbers.TryInt64(limit, out var whole))
            return step > 0 && whole == long.MaxValue || step < 0 && whole == long.MinValue ? Literal.Number(whole) : Literal.Number(whole + step);
        var value = Specs.Numbers.Double(limit);
        if (System.Math.Abs(value) < 9e15) return Literal.Number((long)(roundUp ? System.Math.Ceiling(value) : System.Math.Floor(value)));
        return Literal.Number(new System.Numerics.BigInteger(value).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string NumberRange(Limits limits)
    {
        var text = "";
        if (limits.Minimum is { } minimum) text += ", min: " + Number(minimum);
        if (limits.Maximum is { } maximum) text += ", max: " + Number(maximum);
        if (limits.Above is { } above) text += ", above: " + Number(above);
        if (limits.Below is { } below) text += ", below: " + Number(below);
        if (limits.MultipleOf is { } step && Specs.Numbers.Double(step) > 0) text += ", multipleOf: " + Number(step);
        return text;
    }

    private static string Number(string limit) => Literal.Number(Specs.Numbers.Double(limit));
}
