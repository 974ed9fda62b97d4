using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints a value of a document as a C# expression.</summary>
internal static class ValueExpression
{
    /// <param name="value">The value.</param>
    /// <param name="holder">The record whose code contains the expression.</param>
    /// <param name="scope">The file.</param>
    /// <param name="writer">Objects with many members go over several lines of this writer's indent.</param>
    /// <param name="isTyped">Whether the context determines the type.</param>
    public static void Write(SourceWriter writer, ValueModel value, ObjectModel holder, EmissionScope scope, bool isTyped = false)
    {
        if (value.Members.Count > 0 && value.Kind is TypeKind.Object or TypeKind.File or TypeKind.Image)
        {
            writer.Line(isTyped ? "new()" : "new " + TypeOf(value, holder, scope));
            writer.Open();
            foreach (var member in value.Members)
            {
                writer.Write($"{Identifier.Escape(member.Name)} = ");
                Write(writer, member.Value, holder, scope);
                writer.Line(",");
            }

            writer.Unindent();
            writer.Write("}");
            return;
        }

        if (value.Kind == TypeKind.List && IsLong(value))
        {
            writer.Line($"new {scope.Type(value.Type!, holder.Role, value.Type!.IsNullable)}[]");
            writer.Open();
            foreach (var item in value.Items)
            {
                Write(writer, item, holder, scope, isTyped: value.Type!.Kind == TypeKind.Object);
                writer.Line(",");
            }

            writer.Unindent();
            writer.Write("}");
            return;
        }

        writer.Write(ForValue(value, holder, scope));
    }

    public static string ForValue(ValueModel value, ObjectModel holder, EmissionScope scope)
    {
        if (value.IsNull) return "null";
        switch (value.Kind)
        {
            case TypeKind.Text or TypeKind.Media:
                return Literal.String(value.Text);
            case TypeKind.Boolean:
                return value.Text == "true" ? "true" : "false";
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide:
                return Integer(value.Text);
            case TypeKind.Number:
                return Literal.Number(NumberText.ToDouble(value.Text));
            case TypeKind.NumberEnum when scope.IsPlainNumber(value.Type!):
                return Literal.Number(NumberText.ToDouble(value.Text));
            case TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum:
                return scope.InExpression(value.Type!, holder) + "." + Identifier.Escape(value.EnumValue!);
            case TypeKind.Json:
                return "FalRawJson.FromJson(" + Literal.String(value.Text) + ").ToElement()";
            case TypeKind.List:
                var items = new List<string>();
                foreach (var item in value.Items) items.Add(ForValue(item, holder, scope));
                return "new " + scope.Type(value.Type!, holder.Role, value.Type!.IsNullable) + "[] { " + string.Join(", ", items) + " }";
            case TypeKind.Map:
                scope.Import(Imports.CollectionsGeneric);
                var entries = new List<string>();
                foreach (var entry in value.Members) entries.Add("[" + Literal.String(entry.Name) + "] = " + ForValue(entry.Value, holder, scope));
                return "new Dictionary<string, " + scope.Type(value.Type!, holder.Role, value.Type!.IsNullable) + "> { " + string.Join(", ", entries)
                    + " }";
            default:
                var members = new List<string>();
                foreach (var member in value.Members) members.Add(Identifier.Escape(member.Name) + " = " + ForValue(member.Value, holder, scope));
                return "new " + TypeOf(value, holder, scope) + (members.Count == 0 ? "()" : " { " + string.Join(", ", members) + " }");
        }
    }

    /// <summary>The value can be a C# constant.</summary>
    public static bool IsConstant(ValueModel value, EmissionScope scope) => value.Kind switch
    {
        TypeKind.Text or TypeKind.Media or TypeKind.Boolean or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Number or TypeKind.IntegerEnum => true,
        TypeKind.NumberEnum => true,
        TypeKind.TextEnum => !scope.IsOpenText(value.Type!),
        _ => false,
    };

    private static string TypeOf(ValueModel value, ObjectModel holder, EmissionScope scope) => value.Kind switch
    {
        TypeKind.File => "FalFile",
        TypeKind.Image => "FalImage",
        _ => scope.InExpression(value.Type!, holder),
    };

    private static bool IsLong(ValueModel value)
    {
        foreach (var item in value.Items)
        {
            if (item.Members.Count > 0 || item.Text.Length > 40) return true;
        }

        return value.Items.Count > 12;
    }

    private static string Integer(string number)
    {
        if (NumberText.TryInt64(number, out var whole)) return Literal.Number(whole);
        var isWhole = System.Numerics.BigInteger
            .TryParse(number, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var wide);
        return Literal.Number((isWhole ? wide : new System.Numerics.BigInteger(NumberText.ToDouble(number)))
            .ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
