using System;
using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the class beside an enum: a table of its values and their wire form, and what the runtime makes of it.</summary>
internal static class EnumValuesEmitter
{
    /// <summary>The ending of the classes' names; no type from a document has it.</summary>
    public const string NameEnding = "Values";

    public static void Write(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        scope.Import(Imports.ComponentModel | Imports.CollectionsGeneric | Imports.FalWire);
        var name = model.Name;
        writer.Line($"/// <summary>The values of <see cref=\"{name}\"/>: a list, and conversions from and to the wire form.</summary>");
        writer.Line(scope.GeneratedCodeAttribute());
        writer.Open($"{scope.Access} static class {name}{NameEnding}");
        WriteTable(writer, model);
        writer.Line();
        writer.Line("/// <summary>All values, in the order of the document.</summary>");
        writer.Line($"public static IReadOnlyList<{name}> All => Table.All;");
        writer.Line();
        writer.Line("/// <summary>Finds the value with this wire form; false if there is none.</summary>");
        writer.Line($"public static bool TryParse(string? wire, out {name} value) => Table.TryParse(wire, out value);");
        writer.Line();
        writer.Line("/// <summary>The wire form of a value.</summary>");
        writer.Line($"public static string ToWire(this {name} value) => Table.ToWire(value);");
        if (DurationEnum.IsSeconds(model)) WriteSeconds(writer, model, scope);
        writer.Close();
    }

    private static void WriteTable(SourceWriter writer, EnumModel model)
    {
        var name = model.Name;
        var entries = new List<string>();
        if (model.Kind == EnumKind.Text && EmissionScope.IsOpen(model.Role)) entries.Add($"static word => new {name}(word)");
        foreach (var value in model.Values)
            entries.Add(model.Kind == EnumKind.Integer ? name + "." + Identifier.Escape(value.Name) : Literal.String(value.Wire));
        writer.Line(model.Kind == EnumKind.Integer
            ? "/// <summary>Used by emitted code.</summary>"
            : "/// <summary>Used by emitted code: the wire form of each value, in their order.</summary>");
        writer.Line("[EditorBrowsable(EditorBrowsableState.Never)]");
        writer.Call($"public static readonly FalEnumTable<{name}> Table = new", entries, ";");
    }

    private static void WriteSeconds(SourceWriter writer, EnumModel model, EmissionScope scope)
    {
        scope.Import(Imports.System);
        writer.Line();
        writer.Line("/// <summary>Gets the value for a number of seconds.</summary>");
        writer.Line(
            "/// <exception cref=\"ArgumentOutOfRangeException\">"
            + "No value has this number of seconds; the message names the nearest ones.</exception>");
        writer.Line($"public static {model.Name} FromSeconds(double seconds) => Table.FromSeconds(seconds);");
        writer.Line();
        writer.Line("/// <summary>Gets the value that is nearest to a duration; of two that are equally near, the shorter one.</summary>");
        writer.Line($"public static {model.Name} Nearest(TimeSpan duration) => Table.Nearest(duration);");
    }
}
