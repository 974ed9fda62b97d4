using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fal.Emulation;

/// <summary>
/// NJsonSchema's errors in fal's words: <c>loc</c>, <c>msg</c>, <c>type</c>, <c>url</c>, and <c>ctx</c> and
/// <c>input</c> where there are any.
/// </summary>
internal static class ErrorDetails
{
    /// <summary>
    /// The details of one error. A choice of which no branch fits gives the details of the branch that was meant, or of
    /// all if none stands out.
    /// </summary>
    public static IEnumerable<JsonObject> FromError(ValidationError error, JToken instance)
    {
        if (error is ChildSchemaValidationError parent)
        {
            var inner = Meant(parent).SelectMany(branch => branch).SelectMany(child => FromError(child, instance)).ToArray();
            if (inner.Length > 0) return inner;
        }
        return [One(error, instance)];
    }

    private static IEnumerable<ICollection<ValidationError>> Meant(ChildSchemaValidationError parent)
    {
        if (parent.Kind is not (ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf)) return parent.Errors.Values;
        // Null was not meant where something else was given.
        var branches = parent.Errors.Where(branch => branch.Key.ActualSchema.Type != JsonObjectType.Null).Select(branch => branch.Value).ToArray();
        // A branch that already refuses the value's type was not meant either.
        var typed = branches.Where(branch => !branch.Any(error => error.Path == parent.Path && ErrorWords.IsTypeError(error.Kind))).ToArray();
        return typed.Length > 0 ? typed : branches;
    }

    private static JsonObject One(ValidationError error, JToken instance)
    {
        var (steps, value) = InstancePath.Read(error.Path, instance);
        // What is missing has no value: fal shows the object in which it is missing.
        var shown = error.Kind == ValidationErrorKind.PropertyRequired ? Holder(error, instance) : value;
        var words = ErrorWords.FromError(error, value);
        var input = shown is null ? null : JsonNode.Parse(shown.ToString(Formatting.None));
        return ErrorBodies.Detail(new JsonArray([.. steps]), words.Message, words.Type, words.Context, input);
    }

    private static JToken? Holder(ValidationError error, JToken instance)
    {
        var path = error.Path ?? "";
        var end = path.Length - (error.Property?.Length ?? 0);
        return end <= 2 ? instance : InstancePath.Read(path[..end].TrimEnd('.'), instance).Value;
    }
}
