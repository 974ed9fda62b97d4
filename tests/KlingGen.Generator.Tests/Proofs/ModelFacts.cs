using KlingGen.Model;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Our reading of a schema, in the words of <see cref="OpenApiFacts"/>.</summary>
internal static class ModelFacts
{
    public static string Of(TypeUse use, ModelOf model) => Own(use, model) + (use.IsNullable && use.Kind != TypeKind.Json ? "?" : "");

    private static string Own(TypeUse use, ModelOf model)
    {
        var limits = use.Limits;
        switch (use.Kind)
        {
            case TypeKind.Text or TypeKind.Media: return "text" + OpenApiFacts.Limits(("from", limits.MinLength), ("to", limits.MaxLength), ("like", limits.Pattern));
            case TypeKind.Boolean: return "boolean";
            case TypeKind.Int32 or TypeKind.Int64 or TypeKind.Wide: return "integer" + Range(limits);
            case TypeKind.Number: return "number" + Range(limits);
            case TypeKind.List: return "list" + OpenApiFacts.Limits(("from", limits.MinItems), ("to", limits.MaxItems), ("unique", limits.UniqueItems ? "yes" : null)) + " of (" + Of(use.Element!, model) + ")";
            case TypeKind.Map: return "map" + OpenApiFacts.Limits(("from", limits.MinItems), ("to", limits.MaxItems)) + " of (" + Of(use.Element!, model) + ")";
            case TypeKind.File or TypeKind.Image or TypeKind.Object: return "object";
            case TypeKind.Json: return "any";
        }

        return model.Find(use) switch
        {
            EnumModel choice => "enum(" + string.Join(",", choice.Values.Select(value => value.Wire)) + ")",
            UnionModel union => "choice(" + string.Join(" | ", union.Branches.Select(branch => Of(branch.Type, model)).Distinct().Order(StringComparer.Ordinal)) + ")",
            _ => "nothing",
        };
    }

    private static string Range(Limits limits) => OpenApiFacts.Limits(
        ("from", OpenApiFacts.Number(limits.Minimum)), ("to", OpenApiFacts.Number(limits.Maximum)), ("above", OpenApiFacts.Number(limits.Above)),
        ("below", OpenApiFacts.Number(limits.Below)), ("step", OpenApiFacts.Number(limits.MultipleOf)));
}
