using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints how an enum's values stand on the wire.</summary>
internal static class EnumWireEmitter
{
    /// <summary>Integers of an answer are not checked, so they need no helper.</summary>
    public static bool IsNeeded(EnumModel model) => model.Kind != EnumKind.Integer || EmissionScope.IsInput(model.Role);

    public static void Write(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        var isOpen = EmissionScope.IsOpen(model.Role);
        var isInput = EmissionScope.IsInput(model.Role);
        if (model.Kind != EnumKind.Integer) scope.Import(Imports.Wire);
        if (model.Kind == EnumKind.Number || (model.Kind == EnumKind.Text && !isOpen)) scope.Import(Imports.System);
        writer.Open($"internal static class {model.Name}Words");
        switch (model.Kind)
        {
            case EnumKind.Text when isOpen:
                WriteOpenRead(writer, model);
                if (isInput) WriteOpenHas(writer, model);
                break;
            case EnumKind.Text:
                WriteOf(writer, model, "ReadOnlySpan<byte>", static value => Literal.Utf8(value.Wire));
                WriteRange(writer, model);
                WriteTextRead(writer, model);
                break;
            case EnumKind.Number:
                WriteOf(writer, model, "double?", static value => Number(value));
                WriteRange(writer, model);
                WriteNumberRead(writer, model);
                break;
            case EnumKind.Integer:
                WriteMembers(writer, model);
                break;
        }

        if (isInput) WriteAll(writer, model);
        writer.Close();
    }

    /// <summary>For messages.</summary>
    private static void WriteAll(SourceWriter writer, EnumModel model)
    {
        writer.Line();
        writer.Write("public static string[] All => new[] { ");
        for (var i = 0; i < model.Values.Count; i++) writer.Write((i == 0 ? "" : ", ") + Literal.String(model.Values[i].Wire));
        writer.Line(" };");
    }

    private static void WriteOf(SourceWriter writer, EnumModel model, string type, System.Func<EnumValueModel, string> literal)
    {
        writer.Line($"public static {type} Of({model.Name}? value) => value switch");
        writer.Open();

        // A switch of numbers has the type double, whose default is 0 and not null.
        writer.Line(model.Kind == EnumKind.Number ? "null => null," : "null => default,");
        foreach (var value in model.Values) writer.Line($"{model.Name}.{Identifier.Escape(value.Name)} => {literal(value)},");
        writer.Line("_ => throw new ArgumentOutOfRangeException(nameof(value), value, null),");
        writer.Close(";");
        writer.Line();
    }

    /// <summary>Values count from 1 without a gap.</summary>
    private static void WriteRange(SourceWriter writer, EnumModel model)
    {
        writer.Line($"public static bool Has({model.Name}? value) => value is null || (int)value.GetValueOrDefault() is >= 1 and <= {model.Values.Count};");
        writer.Line();
    }

    private static void WriteTextRead(SourceWriter writer, EnumModel model)
    {
        writer.Line($"public static {model.Name}? Read(ref FalJsonReader json)");
        writer.Indent();
        writer.Line($"=> json.IsNull() ? null : TryRead(ref json, out var value) ? value : throw json.UnknownWord({Literal.String(model.Name)});");
        writer.Unindent();
        writer.Line();
        writer.Open($"public static bool TryRead(ref FalJsonReader json, out {model.Name} value)");
        writer.Line("value =");
        writer.Indent();
        foreach (var value in model.Values) writer.Line($"json.TextIs({Literal.Utf8(value.Wire)}) ? {model.Name}.{Identifier.Escape(value.Name)} :");
        writer.Line("default;");
        writer.Unindent();
        writer.Line("return value != default;");
        writer.Close();
    }

    private static void WriteNumberRead(SourceWriter writer, EnumModel model)
    {
        writer.Open($"public static {model.Name}? Read(ref FalJsonReader json)");
        writer.Line("var number = json.Number();");
        writer.Line("if (number is null) return null;");
        foreach (var value in model.Values) writer.Line($"if (number == {Number(value)}) return {model.Name}.{Identifier.Escape(value.Name)};");
        writer.Line($"throw json.UnknownWord({Literal.String(model.Name)});");
        writer.Close();
    }

    private static void WriteOpenRead(SourceWriter writer, EnumModel model)
        => writer.Line($"public static {model.Name}? Read(ref FalJsonReader json) => json.String() is {{ }} word ? new {model.Name}(word) : default({model.Name}?);");

    private static void WriteOpenHas(SourceWriter writer, EnumModel model)
    {
        writer.Line();
        writer.Write($"public static bool Has({model.Name}? value) => value is null || value.GetValueOrDefault().ToString() is ");
        for (var i = 0; i < model.Values.Count; i++) writer.Write((i == 0 ? "" : " or ") + Literal.String(model.Values[i].Wire));
        writer.Line(";");
    }

    private static void WriteMembers(SourceWriter writer, EnumModel model)
    {
        writer.Write($"public static bool Has({model.Name}? value) => value is null");
        foreach (var value in model.Values) writer.Write($" or {model.Name}.{Identifier.Escape(value.Name)}");
        writer.Line(";");
    }

    private static string Number(EnumValueModel value) => Literal.Number(NumberText.ToDouble(value.Wire));
}
