using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>
/// Emits a union: implicit conversions from its types, <c>TryGet</c> and <c>Match</c>, and then
/// the code that reads and writes its JSON.
/// </summary>
internal static class UnionEmitter
{
    public static void Write(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        scope.Import(Imports.Wire | Imports.System | Imports.TextJson);
        EnumEmitter.Describe(writer, model.Summary, model.Owner is null ? "" : "A value of " + scope.OwnerReference(model.Owner) + ".", model.Name);
        writer.Line(scope.GeneratedCodeAttribute());
        ConverterEmitter.WriteObjectAttribute(writer, model.Name, scope);
        writer.Open($"{scope.Access} sealed partial class {model.Name} : FalUnion, IFalObject<{model.Name}>");
        writer.Line($"private {model.Name}(object value)");
        writer.Indent();
        writer.Line(": base(value)");
        writer.Unindent();
        writer.Open();
        writer.Close();

        foreach (var branch in model.Branches) WriteConversions(writer, model, branch, scope);
        foreach (var branch in model.Branches) WriteTryGet(writer, model, branch, scope);
        WriteMatch(writer, model, scope);
        writer.Line();
        UnionWireEmitter.Write(writer, model, scope);
        writer.Close();
    }

    /// <summary>The type under which a branch is kept and handed out.</summary>
    public static string BranchType(BranchModel branch, UnionModel model, EmissionScope scope) => scope.Type(branch.Type, model.Role);

    private static void WriteConversions(SourceWriter writer, UnionModel model, BranchModel branch, EmissionScope scope)
    {
        var type = BranchType(branch, model, scope);
        switch (branch.Type.Kind)
        {
            // C# has no conversions from interfaces, so lists and maps come in by the types that people make them with.
            case TypeKind.List:
                var element = scope.Type(branch.Type.Element!, model.Role, branch.Type.Element!.IsNullable);
                WriteConversion(writer, model.Name, element + "[]");
                WriteConversion(writer, model.Name, "List<" + element + ">");
                break;
            case TypeKind.Map:
                WriteConversion(
                    writer,
                    model.Name,
                    "Dictionary<string, " + scope.Type(branch.Type.Element!, model.Role, branch.Type.Element!.IsNullable) + ">");
                break;
            case TypeKind.Media when EmissionScope.IsInput(model.Role):
                WriteConversion(writer, model.Name, type);
                writer.Line();
                writer.Line("/// <summary>Converts a URL.</summary>");
                writer.Line($"public static implicit operator {model.Name}(string value) => new {model.Name}((FalMedia)value);");
                break;
            default:
                WriteConversion(writer, model.Name, type);
                break;
        }
    }

    private static void WriteConversion(SourceWriter writer, string name, string type)
    {
        writer.Line();
        writer.Line("/// <summary>Converts a value of this type.</summary>");
        writer.Line($"public static implicit operator {name}({type} value) => new {name}(value);");
    }

    private static void WriteTryGet(SourceWriter writer, UnionModel model, BranchModel branch, EmissionScope scope)
    {
        var type = BranchType(branch, model, scope);
        writer.Line();
        DocComment.ElementXml(writer, "summary", "Gets the value if it has this type; returns false otherwise.");
        if (EmissionScope.IsValueType(branch.Type))
        {
            writer.Open($"public bool TryGet{branch.Name}(out {type} value)");
            writer.Line($"var found = Value is {type};");
            writer.Line($"value = found ? ({type})Value : default;");
            writer.Line("return found;");
        }
        else
        {
            scope.Import(Imports.CodeAnalysis);
            writer.Open($"public bool TryGet{branch.Name}([NotNullWhen(true)] out {type}? value)");
            writer.Line($"value = Value as {type};");
            writer.Line("return value is not null;");
        }

        writer.Close();
    }

    private static void WriteMatch(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        var parameters = new List<string>();
        var names = new Naming.NameSet("other", "value");
        var arms = new List<(string Type, string Parameter)>();
        var hasJson = false;
        foreach (var branch in model.Branches)
        {
            var parameter = names.Count(IdentifierWords.Camel(branch.Name));
            var type = BranchType(branch, model, scope);
            parameters.Add("Func<" + type + ", TResult> " + Identifier.Escape(parameter));
            arms.Add((type, Identifier.Escape(parameter)));
            hasJson |= branch.Type.Kind == TypeKind.Json;
        }

        if (!hasJson) parameters.Add("Func<JsonElement, TResult> other");
        writer.Line();
        writer.Line("/// <summary>Calls the function for the type of the value.</summary>");
        if (!hasJson) writer.Line("/// <remarks><c>other</c> is called for JSON of a type that is not in the document.</remarks>");
        writer.Line($"public TResult Match<TResult>({string.Join(", ", parameters)}) => Value switch");
        writer.Open();
        foreach (var (type, parameter) in arms) writer.Line($"{type} value => {parameter}(value),");
        writer.Line(hasJson ? "_ => throw new global::System.InvalidOperationException()," : "_ => other((JsonElement)Value),");
        writer.Close(";");
    }
}
