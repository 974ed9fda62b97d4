using System.Text.Json.Nodes;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// Builder of a request from options of Microsoft.Extensions.AI. An option without a property of the endpoint is refused and
/// not ignored, because the call would be charged for a different request.
/// </summary>
internal sealed class RequestMembers(string endpointId, RequestSchema schema)
{
    private JsonObject _json = [];

    public RequestSchema Schema => schema;

    /// <summary>Starts with the request from the caller's factory; does nothing if the factory returned null.</summary>
    public void StartWith<TRequest>(object? raw)
        where TRequest : class, IFalObject<TRequest>
    {
        if (raw is null) return;
        if (raw is not TRequest request)
        {
            throw new ArgumentException(
                $"RawRepresentationFactory must return {typeof(TRequest).Name} or null for '{endpointId}', not {raw.GetType().Name}.");
        }
        _json = JsonNode.Parse(FalJson.Write(request))!.AsObject();
    }

    /// <summary>Sets a property by its wire name.</summary>
    public void Set(string name, JsonNode? value) => _json[name] = value;

    /// <summary>Sets the first of these properties that the endpoint has; does nothing if the option is null.</summary>
    public void Set(string option, object? value, params ReadOnlySpan<string> names)
    {
        if (value is null) return;
        if (schema.FirstKnown(names) is not { } name) throw Unsupported(option, $"there is no property {string.Join(" or ", names.ToArray())}");
        _json[name] = ArgumentJson.NodeOf(value);
    }

    /// <summary>Sets a property to the enum value that represents an option.</summary>
    public void SetEnum(string option, string given, string name, params ReadOnlySpan<string> candidates)
    {
        var values = schema.ValuesOf(name);
        foreach (var candidate in candidates)
        {
            if (!values.Contains(candidate)) continue;
            _json[name] = JsonValue.Create(candidate);
            return;
        }
        throw Unsupported(
            option,
            values.Count == 0 ? $"there is no property {name} with listed values"
                : $"{given} is none of the values of {name}: {string.Join(", ", values)}");
    }

    /// <summary>Sets properties without an option, by their wire names.</summary>
    public void Add(AdditionalPropertiesDictionary? properties)
    {
        foreach (var (name, value) in properties ?? []) _json[name] = ArgumentJson.NodeOf(value);
    }

    /// <summary>Refuses another model id: the endpoint is the model and cannot be changed.</summary>
    public void CheckModel(string? modelId)
    {
        if (modelId is not null && modelId != endpointId) throw Unsupported("ModelId", $"this adapter runs '{endpointId}' and not '{modelId}'");
    }

    public ArgumentException Unsupported(string option, string reason)
        => new($"'{endpointId}' cannot follow the option {option}: {reason}. Nothing was sent. "
            + "Leave it out, or set members by name in AdditionalProperties.");

    public TRequest ToRequest<TRequest>()
        where TRequest : class, IFalObject<TRequest>
        => FalJson.Read<TRequest>(_json.ToJsonString());
}
