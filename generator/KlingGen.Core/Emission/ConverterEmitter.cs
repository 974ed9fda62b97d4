using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the System.Text.Json converters of emitted types, which give the JSON of <c>FalJson</c>.</summary>
internal static class ConverterEmitter
{
    /// <summary>The ending of the converters' names; no type from a document has it.</summary>
    public const string NameEnding = "JsonConverter";

    /// <summary>The attribute of a record or union.</summary>
    public static void WriteObjectAttribute(SourceWriter writer, string name, EmissionScope scope)
        => WriteAttribute(writer, "FalObjectConverter<" + name + ">", scope);

    /// <summary>The attribute of an enum.</summary>
    public static void WriteEnumAttribute(SourceWriter writer, EnumModel model, EmissionScope scope)
        => WriteAttribute(writer, model.Name + NameEnding, scope);

    /// <summary>The converter of an enum.</summary>
    public static void WriteEnumConverter(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        scope.Import(Imports.Wire | Imports.ComponentModel);
        var name = model.Name;
        writer.Line($"/// <summary>Serializes <see cref=\"{name}\"/> with System.Text.Json.</summary>");
        writer.Line(scope.GeneratedCodeAttribute());
        writer.Line("[EditorBrowsable(EditorBrowsableState.Never)]");
        var table = name + EnumValuesEmitter.NameEnding + ".Table";
        if (model.Kind == EnumKind.Text) WriteWordConverter(writer, scope, name, table);
        else WriteNumberConverter(writer, scope, name, model.Kind == EnumKind.Integer
            ? ("(" + name + "?)json.Integer()", "json.IntegerValue((long)value)")
            : (table + ".ReadNumber(ref json)", "json.NumberValue(" + table + ".Number(value).GetValueOrDefault())"));
    }

    private static void WriteWordConverter(SourceWriter writer, EmissionScope scope, string name, string table)
    {
        writer.Open($"{scope.Access} sealed class {name}{NameEnding} : FalEnumConverter<{name}>");
        writer.Line("/// <summary>Creates the converter.</summary>");
        writer.Line($"public {name}{NameEnding}()");
        writer.Indent();
        writer.Line($": base({table})");
        writer.Unindent();
        writer.Open();
        writer.Close();
        writer.Close();
    }

    private static void WriteNumberConverter(SourceWriter writer, EmissionScope scope, string name, (string Read, string Write) body)
    {
        writer.Open($"{scope.Access} sealed class {name}{NameEnding} : FalValueConverter<{name}>");
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override {name} ReadJson(ref FalJsonReader json) => json.Item({body.Read});");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Statement($"protected override void WriteJson(FalJsonWriter json, {name} value)", $"=> {body.Write};");
        writer.Close();
    }

    private static void WriteAttribute(SourceWriter writer, string converter, EmissionScope scope)
    {
        scope.Import(Imports.Wire | Imports.JsonSerialization);
        writer.Line($"[JsonConverter(typeof({converter}))]");
    }
}
