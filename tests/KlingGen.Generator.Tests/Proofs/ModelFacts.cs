using KlingGen.Model;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Our reading of a schema, in the words of <see cref="OpenApiFacts"/>.</summary>
internal static class ModelFacts
{
    public static string Of(TypeUse use, ModelOf model) => Own(use, model) + (use.IsNullable && use.Kind != TypeKind.Json ? "?" : "");

    private static string Own(TypeUse use, ModelOf model)
    {
        var constraints = use.Constraints;
        switch (use.Kind)
        {
            case TypeKind.Text or TypeKind.Media:
                return "text"
                + OpenApiFacts.Constraints(("from", constraints.MinLength), ("to", constraints.MaxLength), ("like", constraints.Pattern));
            case TypeKind.Boolean: return "boolean";
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide: return "integer" + Range(constraints);
            case TypeKind.Number: return "number" + Range(constraints);
            case TypeKind.List:
                return "list"
                + OpenApiFacts.Constraints(("from", constraints.MinItems), ("to", constraints.MaxItems),
                    ("unique", constraints.UniqueItems ? "yes" : null)) + " of (" + Of(use.Element!, model) + ")";
            case TypeKind.Map:
                return "map" + OpenApiFacts.Constraints(("from", constraints.MinItems), ("to", constraints.MaxItems)) + " of ("
                + Of(use.Element!, model) + ")";
            case TypeKind.File or TypeKind.Image or TypeKind.Object: return "object";
            case TypeKind.Json: return "any";
        }

        return model.Find(use) switch
        {
            EnumModel choice => "enum(" + string.Join(",", choice.Values.Select(value => value.Wire)) + ")",
            UnionModel union => "choice("
                + string.Join(" | ", union.Branches.Select(branch => Of(branch.Type, model)).Distinct().Order(StringComparer.Ordinal))
                + ")",
            _ => "nothing",
        };
    }

    private static string Range(Constraints constraints) => OpenApiFacts.Constraints(
        ("from", OpenApiFacts.Number(constraints.Minimum)), ("to", OpenApiFacts.Number(constraints.Maximum)),
            ("above", OpenApiFacts.Number(constraints.ExclusiveMinimum)),
        ("below", OpenApiFacts.Number(constraints.ExclusiveMaximum)), ("step", OpenApiFacts.Number(constraints.MultipleOf)));
}
