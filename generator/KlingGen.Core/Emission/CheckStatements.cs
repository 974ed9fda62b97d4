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
        var constraints = use.Constraints;
        if (isAdded && !Adds(use)) return;
        switch (use.Kind)
        {
            case TypeKind.Text:
                Length(writer, name, value, constraints);
                break;
            case TypeKind.Media when EmissionScope.IsInput(holder):
                var known = scope.MediaConstraints.Use(constraints.Media, place);
                writer.Line($"checks.Media({name}, {value}{(known is null ? "" : ", " + known)});");
                break;
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide when constraints.HasRange:
                writer.Line($"checks.Integer({name}, {value}{IntegerRange(constraints)});");
                break;
            case TypeKind.Number:
                writer.Line($"checks.Number({name}, {value}{NumberRange(constraints)});");
                break;
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum when !scope.IsPlainNumber(use):
                writer.Line($"if (!{scope.Words(use)}.Has({value})) checks.Defined({name}, false, {value});");
                break;
            case TypeKind.List:
                Count(writer, name, value, constraints);
                Contains(writer, name, value, constraints);
                Elements(writer, name, value, use.Element!, holder, scope, place, "Each", isAdded);
                break;
            case TypeKind.Map:
                Count(writer, name, value, constraints);
                Elements(writer, name, value, use.Element!, holder, scope, place, "EachOf", isAdded);
                break;
            case TypeKind.Object or TypeKind.Union or TypeKind.File or TypeKind.Image:
                writer.Line($"checks.Object({name}, {value});");
                break;
        }
    }

    private static bool Adds(TypeUse use)
        => use.Constraints.HasLength || use.Constraints.Pattern is not null || use.Constraints.HasRange || use.Constraints.HasCount
            || use.Constraints.UniqueItems || use.Constraints.Contains is not null
            || use.Constraints.Media is { } media && (media.HasNumbers || media.Extensions is not null) || use.Element is { } element
                && Adds(element);

    private static void Length(SourceWriter writer, string name, string value, Constraints constraints)
    {
        if (constraints.HasLength) writer.Line($"checks.Length({name}, {value}{Bounds(constraints.MinLength, constraints.MaxLength)});");
        if (constraints.IsUrl) writer.Line($"checks.Url({name}, {value});");
        if (constraints.Pattern is not null) writer.Line($"checks.Pattern({name}, {value}, {Literal.String(constraints.Pattern)});");
    }

    private static void Count(SourceWriter writer, string name, string value, Constraints constraints)
    {
        if (constraints.HasCount) writer.Line($"checks.Count({name}, {value}{Bounds(constraints.MinItems, constraints.MaxItems)});");
        if (constraints.UniqueItems) writer.Line($"checks.Unique({name}, {value});");
    }

    private static void Contains(SourceWriter writer, string name, string value, Constraints constraints)
    {
        if (constraints.Contains is not { MaxCount: { } most } contains) return;
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
                var known = scope.MediaConstraints.Use(element.Constraints.Media, place);
                writer.Line($"checks.EachMedia({name}, {value}{(known is null ? "" : ", " + known)});");
                return;
            }
        }

        var body = new SourceWriter();
        if (!isAdded && !element.IsNullable && !EmissionScope.IsValueType(element)) body.Line("checks.Required(index, value);");
        Write(body, "index", "value", element, holder, scope, place, isAdded);
        var lines = body.ToString();
        if (lines.Length == 0) return;
        if (NestedFunctionsEmitter.IsDeep(element)) lines = scope.NestedFunctions.Checker(lines, element, holder, scope) + ";\n";
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

    private static string IntegerRange(Constraints constraints)
    {
        var text = "";
        if (constraints.Minimum is { } minimum) text += Bound("min", Specs.Numbers.Ceiling(minimum));
        else if (constraints.ExclusiveMinimum is { } above) text += Bound("min", Specs.Numbers.Floor(above) + 1);
        if (constraints.Maximum is { } maximum) text += Bound("max", Specs.Numbers.Floor(maximum));
        else if (constraints.ExclusiveMaximum is { } below) text += Bound("max", Specs.Numbers.Ceiling(below) - 1);
        if (constraints.MultipleOf is { } step && Specs.Numbers.TryInt64(step, out var multiple) && multiple > 0)
            text += ", multipleOf: " + Literal.Number(multiple);
        return text;
    }

    private static string Bound(string name, System.Numerics.BigInteger value)
        => ", " + name + ": " + Literal.Number(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string NumberRange(Constraints constraints)
    {
        var text = "";
        if (constraints.Minimum is { } minimum) text += ", min: " + Number(minimum);
        if (constraints.Maximum is { } maximum) text += ", max: " + Number(maximum);
        if (constraints.ExclusiveMinimum is { } above) text += ", above: " + Number(above);
        if (constraints.ExclusiveMaximum is { } below) text += ", below: " + Number(below);
        if (constraints.MultipleOf is { } step && Specs.Numbers.Double(step) > 0) text += ", multipleOf: " + Number(step);
        return text;
    }

    private static string Number(string limit) => Literal.Number(Specs.Numbers.Double(limit));
}
