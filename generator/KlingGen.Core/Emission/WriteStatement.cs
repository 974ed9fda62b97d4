using KlingGen.Model;
using KlingGen.Text;

namespace KlingGen.Emission;

/// <summary>Prints the statement that writes a value.</summary>
internal static class WriteStatement
{
    /// <summary>A member of the object that is open. Null writes nothing: the server decides.</summary>
    public static string Member(PropertyModel property, TypeRole holder, EmissionScope scope)
    {
        var statement = Member(Literal.Utf8(property.WireName), property, holder, scope);

        // A required property that is null is written, because null is a value.
        return property.IsRequired && property.Type.IsNullable
            ? "if (" + property.Name + " is null) json.Null(" + Literal.Utf8(property.WireName) + "); else " + statement
            : statement;
    }

    private static string Member(string name, PropertyModel property, TypeRole holder, EmissionScope scope)
    {
        var use = property.Type;
        var value = Identifier.Escape(property.Name);
        return use.Kind switch
        {
            TypeKind.Text => $"json.String({name}, {value});",
            TypeKind.Boolean => $"json.Boolean({name}, {value});",
            TypeKind.Int32 or TypeKind.Int64 => $"json.Integer({name}, {value});",
            TypeKind.Wide => $"json.Wide({name}, {value});",
            TypeKind.Number => $"json.Number({name}, {value});",
            TypeKind.Json => $"json.Json({name}, {value});",
            TypeKind.Media => EmissionScope.IsInput(holder) ? $"json.Media({name}, {value});" : $"json.String({name}, {value});",
            TypeKind.List => $"json.List({name}, {value}, {ItemWriter(use.Element!, holder, scope)});",
            TypeKind.Map => $"json.Map({name}, {value}, {ItemWriter(use.Element!, holder, scope)});",
            TypeKind.IntegerEnum => $"json.Integer({name}, (long?){value});",
            TypeKind.NumberEnum => scope.IsPlainNumber(use)
                ? $"json.Number({name}, {value});"
                : $"json.Number({name}, {scope.Table(use)}.Number({value}));",
            TypeKind.TextEnum when scope.IsOpenText(
                use) => $"json.String({name}, {value}{(EmissionScope.IsNullable(property) ? "?" : "")}.ToString());",
            TypeKind.TextEnum => $"json.Word({name}, {scope.Table(use)}.Encoded({value}));",
            _ => $"json.Object({name}, {value});",
        };
    }

    /// <summary>A value by itself: an element, or a branch of a union.</summary>
    public static string Value(TypeUse use, string value, TypeRole holder, EmissionScope scope) => use.Kind switch
    {
        TypeKind.Text => $"json.StringValue({value});",
        TypeKind.Boolean => $"json.BooleanValue({value});",
        TypeKind.Int32 or TypeKind.Int64 => $"json.IntegerValue({value});",
        TypeKind.Wide => $"json.WideValue({value});",
        TypeKind.Number => $"json.NumberValue({value});",
        TypeKind.Json => $"json.JsonValue({value});",
        TypeKind.Media => EmissionScope.IsInput(holder) ? $"json.MediaValue({value});" : $"json.StringValue({value});",
        TypeKind.List => $"json.ListValue({value}, {ItemWriter(use.Element!, holder, scope)});",
        TypeKind.Map => $"json.MapValue({value}, {ItemWriter(use.Element!, holder, scope)});",
        TypeKind.IntegerEnum => $"json.IntegerValue((long){value});",
        TypeKind.NumberEnum => scope.IsPlainNumber(use)
            ? $"json.NumberValue({value});"
            : $"json.NumberValue({scope.Table(use)}.Number({value}).GetValueOrDefault());",
        TypeKind.TextEnum when scope.IsOpenText(use) => $"json.StringValue({value}.ToString());",
        TypeKind.TextEnum => $"json.WordValue({scope.Table(use)}.Encoded({value}));",
        _ => $"json.ObjectValue({value});",
    };

    private static string ItemWriter(TypeUse element, TypeRole holder, EmissionScope scope)
    {
        if (element.IsNullable && EmissionScope.IsValueType(element))
            return "static (json, item) => { if (item is { } value) " + Value(element, "value", holder, scope) + " else json.NullValue(); }";
        if (NestedFunctionsEmitter.IsDeep(element)) return "static (json, item) => " + scope.NestedFunctions.Writer(element, holder, scope);
        return "static (json, item) => " + Value(element, "item", holder, scope).TrimEnd(';');
    }
}
