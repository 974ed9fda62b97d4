using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Fal.Emulation;

/// <summary>
/// Converts errors of NJsonSchema to fal's format: <c>loc</c>, <c>msg</c>, <c>type</c>, <c>url</c>, and, if there are any,
/// <c>ctx</c> and <c>input</c>.
/// </summary>
internal static class ErrorDetails
{
    /// <summary>
    /// Creates the details of one error. For a union without a matching branch, these are the details of the intended
    /// branch, or of all branches if none can be identified.
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
        // The null branch was not intended, because a value is present.
        var branches = parent.Errors.Where(branch => branch.Key.ActualSchema.Type != JsonObjectType.Null).Select(branch => branch.Value).ToArray();
        // A branch that rejects the type of the value was not intended.
        var typed = branches.Where(branch => !branch.Any(error => error.Path == parent.Path && ErrorWords.IsTypeError(error.Kind))).ToArray();
        return typed.Length > 0 ? typed : branches;
    }

    private static JsonObject One(ValidationError error, JToken instance)
    {
        var (steps, value) = InstancePath.Read(error.Path, instance);
        // A missing property has no value: fal shows the object that misses it.
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
