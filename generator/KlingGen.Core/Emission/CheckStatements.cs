using System.Numerics;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the checks of one value, one line per group of constraints.</summary>
internal static class CheckStatements
{
    private static readonly BigInteger MinInt128 = -BigInteger.Pow(2, 127);
    private static readonly BigInteger MaxInt128 = BigInteger.Pow(2, 127) - 1;

    /// <param name="writer">Where to.</param>
    /// <param name="name">An expression for the wire name.</param>
    /// <param name="value">An expression for the value.</param>
    /// <param name="use">Its type.</param>
    /// <param name="holder">The role of the object that holds it.</param>
    /// <param name="scope">The file.</param>
    /// <param name="place">A name for the media limits of this place.</param>
    /// <param name="isAdded">Everything that holds anyway has been checked; only what a condition adds is to be.</param>
    public static void Write(
        SourceWriter writer,
        string name,
        string value,
        TypeUse use,
        TypeRole holder,
        EmissionScope scope,
        string place,
        bool isAdded = false)
    {
        var constraints = use.Constraints;
        if (isAdded && !Adds(use)) return;
        switch (use.Kind)
        {
            case TypeKind.Text:
                if (constraints.IsUrl) writer.Line($"checks.Url({name}, {value});");
                Text(writer, name, value, constraints);
                break;
            case TypeKind.Media when EmissionScope.IsInput(holder):
                var known = scope.MediaConstraints.Use(constraints.Media, place);
                writer.Line($"checks.Media({name}, {value}{(known is null ? "" : ", " + known)});");
                Text(writer, name, value, constraints, "Url");
                break;
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide when constraints.HasRange:
                writer.Line($"checks.Integer({name}, {value}{IntegerRange(constraints)});");
                break;
            case TypeKind.Number:
                writer.Line($"checks.Number({name}, {value}{NumberRange(constraints)});");
                break;
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum when !scope.IsPlainNumber(use):
                writer.Line($"checks.Defined({name}, {value}, {scope.Table(use)});");
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
    {
        foreach (var _ in ConstraintGroups.ForType(use)) return true;
        return use.Constraints.Media is { IsLimited: true } || (use.Element is { } element && Adds(element));
    }

    private static void Text(SourceWriter writer, string name, string value, Constraints constraints, string prefix = "")
    {
        if (constraints.HasLength) writer.Line($"checks.{prefix}Length({name}, {value}{Bounds(constraints.MinLength, constraints.MaxLength)});");
        if (constraints.Pattern is not null) writer.Line($"checks.{prefix}Pattern({name}, {value}, {Literal.String(constraints.Pattern)});");
    }

    private static void Count(SourceWriter writer, string name, string value, Constraints constraints)
    {
        if (constraints.HasCount) writer.Line($"checks.Count({name}, {value}{Bounds(constraints.MinItems, constraints.MaxItems)});");
        if (constraints.UniqueItems) writer.Line($"checks.Unique({name}, {value});");
    }

    private static void Contains(SourceWriter writer, string name, string value, Constraints constraints)
    {
        if (constraints.Contains is not { } contains) return;
        writer.Open($"if ({value} is not null)");
        writer.Line("var count = 0;");
        writer.Line($"foreach (var element in {value}) count += element?.{Identifier.Escape(contains.Name)} is null ? 0 : 1;");
        writer.Line($"checks.MaxContains({name}, count, {Literal.Number((long)contains.MaxCount)}, {Literal.String(contains.Property)});");
        writer.Close();
        writer.Line();
    }

    private static void Elements(
        SourceWriter writer,
        string name,
        string value,
        TypeUse element,
        TypeRole holder,
        EmissionScope scope,
        string place,
        string each,
        bool isAdded)
    {
        if (isAdded && !Adds(element)) return;
        if (each == "Each" && !element.IsNullable)
        {
            if (element.Kind is TypeKind.Object or TypeKind.Union or TypeKind.File or TypeKind.Image)
            {
                writer.Line($"checks.Objects({name}, {value});");
                return;
            }

            if (element.Kind == TypeKind.Media && EmissionScope.IsInput(holder) && element.Constraints is { HasLength: false, Pattern: null })
            {
                var known = scope.MediaConstraints.Use(element.Constraints.Media, place);
                writer.Line($"checks.EachMedia({name}, {value}{(known is null ? "" : ", " + known)});");
                return;
            }
        }

        var body = new SourceWriter();
        if (!isAdded && !element.IsNullable && !EmissionScope.IsValueType(element)) body.Line("checks.Required(index, value);");
        Write(body, "index", "value", element, holder, scope, place, isAdded);
        var lines = body.Finish();
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
        var (min, max, step) = ConstraintTable.IntegerRange(constraints);
        var text = "";
        if (min is { } low) text += ", min: " + Integer(low);
        if (max is { } high) text += ", max: " + Integer(high);
        if (step is not null && step <= MaxInt128) text += ", multipleOf: " + Integer(step.Value);
        return text;
    }

    /// <summary>No property holds an integer beyond Int128, so a limit there is as good as the last one.</summary>
    private static string Integer(BigInteger limit)
        => Literal.Number(BigInteger.Max(MinInt128, BigInteger.Min(MaxInt128, limit)).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string NumberRange(Constraints constraints)
    {
        var text = "";
        if (constraints.Minimum is { } minimum) text += ", min: " + Number(minimum);
        if (constraints.Maximum is { } maximum) text += ", max: " + Number(maximum);
        if (constraints.ExclusiveMinimum is { } above) text += ", above: " + Number(above);
        if (constraints.ExclusiveMaximum is { } below) text += ", below: " + Number(below);
        if (constraints.MultipleOf is { } step) text += ", multipleOf: " + Number(step);
        return text;
    }

    private static string Number(string limit) => Literal.Number(NumberText.ToDouble(limit));
}
