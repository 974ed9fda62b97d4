using System.Text.Json.Nodes;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// The members of a request, put together from options of Microsoft.Extensions.AI. An option that the endpoint has no member for is refused rather
/// than dropped: the call would be charged for something else than was asked for.
/// </summary>
internal sealed class RequestMembers(string endpointId, RequestSchema schema)
{
    private JsonObject _json = [];

    public RequestSchema Schema => schema;

    /// <summary>Starts with a request that the caller made, as far as its factory returned one.</summary>
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

    /// <summary>Sets a member by its wire name.</summary>
    public void Set(string name, JsonNode? value) => _json[name] = value;

    /// <summary>Sets the first of these members that the endpoint has, where the option was given.</summary>
    public void Set(string option, object? value, params ReadOnlySpan<string> names)
    {
        if (value is null) return;
        if (schema.FirstKnown(names) is not { } name) throw Unsupported(option, $"there is no property {string.Join(" or ", names.ToArray())}");
        _json[name] = ArgumentJson.NodeOf(value);
    }

    /// <summary>Sets a member to the enum value that stands for an option.</summary>
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

    /// <summary>Sets the members that have no option, by their wire names.</summary>
    public void Add(AdditionalPropertiesDictionary? properties)
    {
        foreach (var (name, value) in properties ?? []) _json[name] = ArgumentJson.NodeOf(value);
    }

    /// <summary>The endpoint is the model, so another one cannot be chosen.</summary>
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
