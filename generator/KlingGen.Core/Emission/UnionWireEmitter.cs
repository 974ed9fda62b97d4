using System.Collections.Generic;
using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Emits the members that read, write and check a union.</summary>
internal static class UnionWireEmitter
{
    public static void Write(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        WriteRead(writer, model, scope);
        writer.Line();
        WriteWrite(writer, model, scope);
        if (EmissionScope.IsInput(model.Role)) WriteCheck(writer, model, scope);
    }

    private static void WriteRead(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        var name = model.Name;
        writer.Open($"static {name} IFalObject<{name}>.Read(ref FalJsonReader json)");
        if (model.Discriminator is not null) WriteTags(writer, model, scope);
        foreach (var branch in Sorted(model))
        {
            if (branch.OwnMembers.Count > 0) WriteOwnMembers(writer, branch, model, scope);
        }

        foreach (var branch in Sorted(model))
        {
            var condition = Condition(branch, scope);
            if (condition is null) continue;
            writer.Statement("if (" + condition + ")", "return new " + name + "(" + Value(branch, model, scope) + ");");
        }

        writer.Line($"return new {name}(json.Any());");
        writer.Close();
    }

    private static void WriteTags(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        writer.Open("if (json.Kind == FalJsonKind.Object)");
        writer.Line($"var tag = json.MemberText({Literal.Utf8(model.Discriminator!)});");
        foreach (var branch in model.Branches)
        {
            if (branch.Tag is not null && branch.Type.Kind == TypeKind.Object)
                writer.Line($"if (tag == {Literal.String(branch.Tag)}) return new {model.Name}({Value(branch, model, scope)});");
        }

        writer.Close();
        writer.Line();
    }

    /// <summary>Objects of other branches do not have these properties, so any of them decides.</summary>
    private static void WriteOwnMembers(SourceWriter writer, BranchModel branch, UnionModel model, EmissionScope scope)
    {
        const int Width = 130;
        var (open, close) = branch.OwnMembers.Count == 1 ? ("", "") : ("(", ")");
        var line = "if (" + Condition(branch, scope) + " && " + open;
        for (var i = 0; i < branch.OwnMembers.Count; i++)
        {
            var test = "json.HasMember(" + Literal.Utf8(branch.OwnMembers[i]) + ")";
            if (i > 0 && line.Length + test.Length > Width)
            {
                writer.Line(line);
                line = "    || " + test;
            }
            else
            {
                line += (i == 0 ? "" : " || ") + test;
            }
        }

        writer.Line($"{line}{close})");
        writer.Indent();
        writer.Line($"return new {model.Name}({Value(branch, model, scope)});");
        writer.Unindent();
    }

    /// <summary>Branches with more required members are tested first; free JSON is the last branch.</summary>
    private static List<BranchModel> Sorted(UnionModel model)
    {
        var sorted = new List<BranchModel>();
        foreach (var branch in model.Branches)
        {
            var at = sorted.Count;
            while (at > 0 && Weight(sorted[at - 1]) < Weight(branch)) at--;
            sorted.Insert(at, branch);
        }

        return sorted;
    }

    private static int Weight(BranchModel branch) => branch.Type.Kind switch
    {
        TypeKind.Object or TypeKind.File or TypeKind.Image => 10 + branch.RequiredMembers.Count,

        // A known word before any text.
        TypeKind.TextEnum or TypeKind.IntegerEnum or TypeKind.NumberEnum => 5,
        TypeKind.Map => 2,
        _ => 3,
    };

    private static string? Condition(BranchModel branch, EmissionScope scope)
    {
        switch (branch.Type.Kind)
        {
            case TypeKind.Object or TypeKind.File or TypeKind.Image:
                var condition = "json.Kind == FalJsonKind.Object";
                foreach (var member in branch.RequiredMembers) condition += $" && json.HasMember({Literal.Utf8(member)})";
                return condition;
            case TypeKind.Map: return "json.Kind == FalJsonKind.Object";
            case TypeKind.List: return "json.Kind == FalJsonKind.Array";
            case TypeKind.Text or TypeKind.Media: return "json.Kind == FalJsonKind.String";
            case TypeKind.TextEnum:
                const string IsText = "json.Kind == FalJsonKind.String";
                return scope.IsOpenText(branch.Type) ? IsText : $"{IsText} && {scope.Table(branch.Type)}.TryRead(ref json, out var word)";
            case TypeKind.Boolean: return "json.Kind == FalJsonKind.Boolean";
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide: return "json.Kind == FalJsonKind.Integer";
            case TypeKind.IntegerEnum: return "json.Kind == FalJsonKind.Integer";
            case TypeKind.Number or TypeKind.NumberEnum: return "json.Kind is FalJsonKind.Integer or FalJsonKind.Number";
            default: return null;
        }
    }

    private static string Value(BranchModel branch, UnionModel model, EmissionScope scope)
        => branch.Type.Kind == TypeKind.TextEnum && !scope.IsOpenText(branch.Type)
            ? "word"
            : "json.Item(" + ReadExpression.ForType(branch.Type, model.Role, scope) + ")";

    private static void WriteWrite(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        var name = model.Name;
        writer.Open($"void IFalObject<{name}>.Write(FalJsonWriter json)");
        writer.Line("switch (Value)");
        writer.Open();
        foreach (var branch in model.Branches)
        {
            if (branch.Type.Kind == TypeKind.Json) continue;
            writer.Line(
                $"case {UnionEmitter.BranchType(branch, model, scope)} value: "
                    + $"{WriteStatement.Value(branch.Type, "value", model.Role, scope)} break;");
        }

        writer.Line("default: json.JsonValue((JsonElement)Value); break;");
        writer.Close();
        writer.Close();
    }

    private static void WriteCheck(SourceWriter writer, UnionModel model, EmissionScope scope)
    {
        var name = model.Name;
        var body = new SourceWriter();
        foreach (var branch in model.Branches)
        {
            var value = "value" + branch.Name;
            var inner = new SourceWriter();
            CheckStatements.Write(inner, "\"\"", value, branch.Type, model.Role, scope, model.Name + branch.Name);
            if (inner.Finish() is not { Length: > 0 } checks) continue;
            body.Open($"if (Value is {UnionEmitter.BranchType(branch, model, scope)} {value})");
            body.Write(checks);
            body.Close();
            body.Line();
        }

        // A value that was read and has none of the shapes is kept as JSON.
        if (!HasJson(model)) body.Line("if (Value is JsonElement) checks.UnknownShape(\"\");");
        var text = body.Finish();
        if (text.Length == 0) return;
        writer.Line();
        writer.Open($"void IFalObject<{name}>.Check(FalChecks checks)");
        writer.Write(text);
        writer.Close();
    }

    private static bool HasJson(UnionModel model)
    {
        foreach (var branch in model.Branches)
        {
            if (branch.Type.Kind == TypeKind.Json) return true;
        }

        return false;
    }
}
