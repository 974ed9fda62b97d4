using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints an enum as people read it: a C# enum where we choose the value, an open struct where the server does.</summary>
internal static class EnumEmitter
{
    /// <summary>Whether the enum is a type: numbers with fractions in an answer are just numbers.</summary>
    public static bool IsType(EnumModel model) => model.Kind != EnumKind.Number || !EmissionScope.IsOpen(model.Role);

    public static void Write(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        if (!IsType(model)) return;
        var isOpen = EmissionScope.IsOpen(model.Role);
        if (model.Kind != EnumKind.Integer) scope.Import(Imports.Wire);
        Describe(writer, model.Summary, model.Owner is null ? "" : "Values of " + scope.OwnerReference(model.Owner) + ".", model.Name);
        writer.Line(scope.GeneratedCodeAttribute());
        ConverterEmitter.WriteEnumAttribute(writer, model, scope);
        if (isOpen && model.Kind == EnumKind.Text) WriteOpen(writer, model, scope);
        else WriteClosed(writer, model, scope);
    }

    /// <summary>The document's description and the owner of the type.</summary>
    public static void Describe(SourceWriter writer, string? summary, string belongs, string name)
    {
        if (DocComment.Xml(summary).Length == 0)
        {
            DocComment.ElementXml(writer, "summary", belongs.Length > 0 ? belongs : "The values of " + DocComment.Code(name) + ".");
            return;
        }

        DocComment.Summary(writer, summary);
        if (belongs.Length > 0) DocComment.ElementXml(writer, "remarks", belongs);
    }

    private static void WriteClosed(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        writer.Open($"{scope.Access} enum {model.Name}{(model.Kind == EnumKind.Integer && !FitsInt32(model) ? " : long" : "")}");
        for (var i = 0; i < model.Values.Count; i++)
        {
            var value = model.Values[i];
            writer.Line();
            DocComment.ElementXml(writer, "summary", DocComment.Code(Shown(model, value)));
            if (model.Kind != EnumKind.Integer) AttributeEmitter.WriteName(writer, value.Name, value.Wire);
            if (model.Kind == EnumKind.Integer) writer.Line($"{Identifier.Escape(value.Name)} = {value.Wire},");
            else if (i == 0) writer.Line($"{Identifier.Escape(value.Name)} = 1,");
            else writer.Line($"{Identifier.Escape(value.Name)},");
        }

        writer.Close();
    }

    private static void WriteOpen(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        scope.Import(Imports.System);
        var name = model.Name;
        writer.Open($"{scope.Access} readonly struct {name} : IEquatable<{name}>");
        writer.Line($"private readonly string? {ReservedNames.EnumField};");
        writer.Line();
        writer.Line("/// <summary>Creates a value from a string, which may be one that is not in the document.</summary>");
        writer.Line($"public {name}(string word) => {ReservedNames.EnumField} = word;");
        foreach (var value in model.Values)
        {
            writer.Line();
            DocComment.ElementXml(writer, "summary", DocComment.Code(Shown(model, value)));
            AttributeEmitter.WriteName(writer, value.Name, value.Wire);
            writer.Line($"public static {name} {Identifier.Escape(value.Name)} => new {name}({Literal.String(value.Wire)});");
        }

        writer.Line();
        writer.Line("/// <summary>Converts a string.</summary>");
        writer.Line($"public static implicit operator {name}(string word) => new {name}(word);");
        writer.Line();
        writer.Line("/// <summary>Whether both are the same string.</summary>");
        writer.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
        writer.Line();
        writer.Line("/// <summary>Whether the strings differ.</summary>");
        writer.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public bool Equals({name} other) => string.Equals(ToString(), other.ToString(), global::System.StringComparison.Ordinal);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override int GetHashCode() => ToString().GetHashCode();");
        writer.Line();
        writer.Line("/// <summary>The string in JSON.</summary>");
        writer.Line($"public override string ToString() => {ReservedNames.EnumField} ?? \"\";");
        writer.Close();
    }

    private static bool FitsInt32(EnumModel model)
    {
        foreach (var value in model.Values)
        {
            if (!int.TryParse(
                value.Wire,
                System.Globalization.NumberStyles.AllowLeadingSign,
                System.Globalization.CultureInfo.InvariantCulture,
                out _)) return false;
        }

        return true;
    }

    private static string Shown(EnumModel model, EnumValueModel value) => model.Kind == EnumKind.Text ? "\"" + value.Wire + "\"" : value.Wire;
}
