using KlingGen.Model;

namespace KlingGen.Emission;

/// <summary>Prints the expression that reads a value; null where the JSON is null.</summary>
internal static class ReadExpression
{
    public static string ForType(TypeUse use, TypeRole holder, EmissionScope scope) => use.Kind switch
    {
        TypeKind.Text => "json.String()",
        TypeKind.Boolean => "json.Boolean()",
        TypeKind.Int32 => "json.Int32()",
        TypeKind.Int64 => "json.Integer()",
        TypeKind.Wide => "json.Wide()",
        TypeKind.Number => "json.Number()",
        TypeKind.Json => "json.Json()",
        TypeKind.Media => EmissionScope.IsInput(holder) ? "json.Media()" : "json.String()",
        TypeKind.File => "json.Object<FalFile>()",
        TypeKind.Image => "json.Object<FalImage>()",
        TypeKind.List => "json.List(" + ItemReader(use.Element!, holder, scope) + ")",
        TypeKind.Map => "json.Map(" + ItemReader(use.Element!, holder, scope) + ")",
        TypeKind.IntegerEnum => "(" + scope.NameOf(use) + "?)json.Integer()",
        TypeKind.NumberEnum when scope.IsPlainNumber(use) => "json.Number()",
        TypeKind.TextEnum => scope.Table(use) + ".Read(ref json)",
        TypeKind.NumberEnum => scope.Table(use) + ".ReadNumber(ref json)",
        _ => "json.Object<" + scope.NameOf(use) + ">()",
    };

    private static string ItemReader(TypeUse element, TypeRole holder, EmissionScope scope)
    {
        if (NestedFunctionsEmitter.IsDeep(element))
        {
            var call = scope.NestedFunctions.Reader(element, holder, scope);
            return "static (ref FalJsonReader json) => " + (element.IsNullable ? call : "json.Item(" + call + ")");
        }

        var value = element.Kind == TypeKind.Json && !element.IsNullable ? "json.Any()"
            : element.IsNullable ? ForType(element, holder, scope)
            : "json.Item(" + ForType(element, holder, scope) + ")";
        return "static (ref FalJsonReader json) => " + value;
    }
}
