using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Emits a record: properties, server defaults and an example, then the code that reads and writes its JSON.</summary>
internal static class RecordEmitter
{
    public static void Write(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        scope.Import(Imports.Wire | Imports.Text);
        if (!DocComment.Summary(writer, model.Summary))
            DocComment.ElementXml(writer, "summary", "The " + DocComment.Code(model.Name) + " of " + DocComment.Code(scope.App.Id) + ".");
        foreach (var rule in model.Rules) AttributeEmitter.WriteRule(writer, rule, model);
        writer.Line(scope.GeneratedCodeAttribute());
        ConverterEmitter.WriteObjectAttribute(writer, model.Name, scope);
        var bases = (model.IsFile ? "FalFile, " : "") + "IFalObject<" + model.Name + ">" + CapabilityEmitter.Interfaces(model);
        writer.Open($"{scope.Access} sealed partial record {model.Name} : {bases}");
        foreach (var property in model.Properties)
        {
            // The properties of a file are in the runtime's record.
            if (model.IsFile && Schemas.FileShape.BaseMember(property.WireName) is not null) continue;
            WriteProperty(writer, property, model, scope);
        }

        if (model.HasExtra)
        {
            writer.Line();
            writer.Line("/// <summary>" + (model.IsOpen
                ? "Properties besides those of the document. They are not validated."
                : "Additional properties that are not in the document. They are sent unchanged and are not validated.") + "</summary>");
            writer.Line("public FalExtra? Extra { get; init; }");
        }

        if ((model.Role & TypeRole.OutputRoot) != 0)
        {
            writer.Line();
            writer.Line("/// <summary>The JSON of the response, with the properties that are not in the document.</summary>");
            writer.Line("public FalRawJson Raw { get; init; }");
            writer.Line();
            writer.Line("/// <summary>The call that returned this result, with its cost and duration; null if no call returned it.</summary>");
            writer.Line("public FalCallInfo? Call { get; init; }");
        }

        if (EmissionScope.IsInput(model.Role))
        {
            WriteDefaults(writer, model, scope);
            WriteExample(writer, model, scope);
        }

        CapabilityEmitter.Write(writer, model, scope);
        writer.Line();
        RecordWireEmitter.Write(writer, model, scope);
        writer.Close();
    }

    private static void WriteProperty(SourceWriter writer, PropertyModel property, ObjectModel model, EmissionScope scope)
    {
        writer.Line();
        if (!DocComment.Summary(writer, property.Summary))
            DocComment.ElementXml(writer, "summary", "The property " + DocComment.Code(property.WireName) + ".");
        var rules = CrossFieldRuleWords.Describe(property, model);
        DocComment.ElementXml(writer, "remarks", ConstraintWords.Describe(property, scope) + (rules.Length > 0 ? " " + rules : ""));
        AttributeEmitter.WriteConstraints(writer, property, model, scope);
        if (property.IsDeprecated) writer.Line(Obsolete(property, scope));

        var isNullable = EmissionScope.IsNullable(property);
        var type = scope.Type(property.Type, model.Role, isNullable);
        var required = property.IsRequired && !property.IsFixed && !property.IsDeprecated ? "required " : "";
        var initial = property.IsFixed ? " = " + Only(property, model, scope) + ";" : required.Length == 0 && !isNullable ? " = default!;" : "";
        writer.Line($"public {required}{type} {Identifier.Escape(property.Name)} {{ get; init; }}{initial}");
    }

    /// <summary>The compiler reports the use of such a member under our own id, which costs no analyzer.</summary>
    private static string Obsolete(PropertyModel property, EmissionScope scope)
    {
        scope.Import(Imports.System);
        return "[Obsolete(" + Literal.String("fal has deprecated '" + property.WireName + "'.")
            + ", DiagnosticId = \"" + RulePages.Deprecated + "\", UrlFormat = \"" + RulePages.Base + "{0}.md\")]";
    }

    /// <summary>The one value that a fixed member can have.</summary>
    private static string Only(PropertyModel property, ObjectModel model, EmissionScope scope)
        => scope.InExpression(property.Type, model) + "." + Identifier.Escape(property.FixedValue!);

    private static void WriteDefaults(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        var isOpen = false;
        foreach (var property in model.Properties)
        {
            if (property.Default is not { } value || property.IsFixed) continue;
            var isConstant = ValueExpression.IsConstant(value, scope);
            if (!isOpen)
            {
                writer.Line();
                writer.Line("/// <summary>The default values that the server uses for properties that are not sent.</summary>");
                writer.Open("public static class Defaults");
                isOpen = true;
            }

            writer.Line();
            DocComment.ElementXml(writer, "summary", "The default of " + DocComment.Code(property.WireName) + ".");
            var type = DefaultType(value, property, scope);
            writer.Line(isConstant
                ? $"public const {type} {Identifier.Escape(property.Name)} = {ValueExpression.ForValue(value, model, scope)};"
                : $"public static {type} {Identifier.Escape(property.Name)} => {ValueExpression.ForValue(value, model, scope)};");
        }

        if (isOpen) writer.Close();
    }

    /// <summary>The default of a union is a value of one of its shapes; an address is text.</summary>
    public static string DefaultType(ValueModel value, PropertyModel property, EmissionScope scope) => value.Kind switch
    {
        TypeKind.Text or TypeKind.Media => "string",
        TypeKind.Boolean => "bool",
        TypeKind.Number => "double",
        TypeKind.List or TypeKind.Map => scope.Type(new TypeUse { Kind = value.Kind, Element = value.Type }, TypeRole.Input),
        _ => scope.Type(value.Type ?? new TypeUse { Kind = value.Kind }, TypeRole.Input),
    };

    private static void WriteExample(SourceWriter writer, ObjectModel model, EmissionScope scope)
    {
        if (model.Example is null) return;
        writer.Line();
        writer.Line("/// <summary>The example request of fal's documentation.</summary>");
        writer.Write($"public static {model.Name} Example() => ");
        ValueExpression.Write(writer, model.Example, model, scope, isTyped: true);
        writer.Line(";");
    }
}
