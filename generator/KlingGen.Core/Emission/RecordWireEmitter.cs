using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the members by which a record is read, written, checked and compared.</summary>
internal static class RecordWireEmitter
{
    public static void Write(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        WriteRead(writer, model, scope);
        writer.Line();
        WriteWrite(writer, model, scope);
        if (EmissionScope.IsInput(model.Role)) WriteCheck(writer, model, scope);
        if (model.IsFile)
        {
            writer.Line();
            writer.Line($"void IFalWritable.WriteTo(FalJsonWriter json) => ((IFalObject<{model.Name}>)this).Write(json);");
        }

        WriteValueSemantics(writer, model);
    }

    private static void WriteRead(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        var isRoot = (model.Role & TypeRole.OutputRoot) != 0;
        var locals = new NameSet("json", "raw", "extra");
        var properties = model.Properties;
        var reads = new string[properties.Count];
        for (var i = 0; i < reads.Length; i++) reads[i] = Identifier.Escape(locals.Count(IdentifierWords.Camel(properties[i].Name)));

        writer.Open($"static {model.Name} IFalObject<{model.Name}>.Read(ref FalJsonReader json)");
        if (isRoot) writer.Line("var raw = json.Raw();");
        for (var i = 0; i < reads.Length; i++)
            writer.Line($"{scope.Type(properties[i].Type, model.Role, isNullable: true)} {reads[i]} = null;");
        if (model.HasExtra) writer.Line("FalExtra? extra = null;");
        writer.Line("json.EnterObject();");
        writer.Line("while (json.NextMember())");
        writer.Open();
        for (var i = 0; i < reads.Length; i++)
        {
            var property = properties[i];
            var value = property.Type.Kind == TypeKind.Json && property.IsRequired && !property.Type.IsNullable
                ? "json.Any()"
                : ReadExpression.ForType(property.Type, model.Role, scope);
            writer.Line($"{(i == 0 ? "" : "else ")}if (json.Is({Literal.Utf8(property.WireName)})) {reads[i]} = {value};");
        }

        writer.Line((reads.Length == 0 ? "" : "else ") + (model.HasExtra ? "extra = json.Extra(extra);" : "json.Skip();"));
        writer.Close();
        writer.Line();
        writer.Line($"return {(model.IsFile ? "json.Attach(" : "")}new {model.Name}");
        writer.Open();
        for (var i = 0; i < reads.Length; i++)
            writer.Line($"{Identifier.Escape(properties[i].Name)} = {Value(properties[i], reads[i], model, scope)},");
        if (model.HasExtra) writer.Line("Extra = extra,");
        if (isRoot)
        {
            writer.Line("Raw = raw,");
            writer.Line("Call = json.Call,");
        }
        writer.Close(model.IsFile ? ");" : ";");
        writer.Close();
    }

    private static string Value(PropertyModel property, string local, ObjectModel model, EmissionScope scope)
    {
        if (EmissionScope.IsNullable(property)) return local;
        if (property.IsFixed) return local + " ?? " + scope.InExpression(property.Type, model) + "." + Identifier.Escape(property.FixedValue!);
        return "json.Required(" + local + ", " + Literal.String(property.WireName) + ")";
    }

    private static void WriteWrite(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        writer.Open($"void IFalObject<{model.Name}>.Write(FalJsonWriter json)");
        writer.Line("json.StartObject();");
        foreach (var property in model.Properties) writer.Line(WriteStatement.Member(property, model.Role, scope));
        if (model.HasExtra) writer.Line("json.Extra(Extra);");
        writer.Line("json.EndObject();");
        writer.Close();
    }

    private static void WriteCheck(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        var body = new SourceWriter();
        foreach (var property in model.Properties)
        {
            var name = Literal.String(property.WireName);
            var value = Identifier.Escape(property.Name);
            if (property.IsRequired && !property.Type.IsNullable && !EmissionScope.IsValueType(property.Type))
                body.Line($"checks.Required({name}, {value});");
            CheckStatements.Write(body, name, value, property.Type, model.Role, scope, model.Name + property.Name);
        }

        foreach (var rule in model.Rules) CrossFieldRuleStatements.Write(body, rule, model, scope);
        var text = body.Finish();
        if (text.Length == 0) return;
        writer.Line();
        writer.Open($"void IFalObject<{model.Name}>.Check(FalChecks checks)");
        writer.Write(text);
        writer.Close();
    }

    /// <summary>
    /// Two records are equal if their JSON is equal, lists included, which the compiler's own equality would compare by reference; and a
    /// record prints as JSON with long data shortened. Both are also far less code than what the compiler makes.
    /// </summary>
    private static void WriteValueSemantics(SourceWriter writer, ObjectModel model)
    {
        writer.Line();
        writer.Line("/// <summary>Value equality: whether both have the same JSON.</summary>");
        writer.Line($"public bool Equals({model.Name}? other) => FalValue.Equals(this, other);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override int GetHashCode() => FalValue.GetHashCode(this);");
        writer.Line();
        writer.Line("/// <summary>The JSON, with long strings shortened.</summary>");
        writer.Line("public override string ToString() => FalValue.ToString(this);");
        writer.Line();
        writer.Line(model.IsFile
            ? "/// <inheritdoc/>\nprotected override bool PrintMembers(StringBuilder builder) => false;"
            : "private bool PrintMembers(StringBuilder builder) => false;");
    }
}
