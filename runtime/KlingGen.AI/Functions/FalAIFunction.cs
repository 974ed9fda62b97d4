using System.Text.Json;
using System.Text.Json.Nodes;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// An endpoint as a function of Microsoft.Extensions.AI. Arguments map to the request by their wire names; errors in them
/// are returned to the model, which can correct them. An exceeded limit throws an exception, which the chat client counts,
/// reports and shows in its telemetry.
/// </summary>
internal sealed class FalAIFunction<TRequest, TResult> : AIFunction
    where TRequest : class, IFalObject<TRequest>
    where TResult : class, IFalObject<TResult>
{
    private readonly FalEndpoint<TRequest, TResult> _endpoint;
    private readonly RequestSchema _schema;
    private readonly FalAIFunctionOptions _options;
    private readonly SpendingLimit _limit;

    public FalAIFunction(FalEndpoint<TRequest, TResult> endpoint, string inputSchema, FalAIFunctionOptions options, string? summary)
    {
        options.Validate();
        _endpoint = endpoint;
        _schema = new RequestSchema(inputSchema);
        _options = options;
        _limit = new SpendingLimit(endpoint.EndpointId, options.MaxCost, options.MaxCalls);
        Name = options.Name ?? FunctionName.FromEndpointId(endpoint.EndpointId);
        Description = options.Description
            ?? $"Runs {endpoint.EndpointId} on fal.ai and returns its result, with the URLs of the files. {summary}".TrimEnd();
    }

    public override string Name { get; }

    public override string Description { get; }

    public override JsonElement JsonSchema => _schema.Json;

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType == typeof(FalClient)) return _endpoint.Client;
        return serviceKey is null && serviceType.IsInstanceOfType(_endpoint) ? _endpoint : base.GetService(serviceType, serviceKey);
    }

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var json = ArgumentJson.ObjectOf(arguments);
        if (_schema.Faults(json) is { Count: > 0 } faults) return Refusal("The arguments do not fit the function's schema.", faults);
        var text = json.ToJsonString();
        TRequest request;
        try
        {
            request = FalJson.Read<TRequest>(text);
        }
        catch (FalProtocolException ex)
        {
            return Refusal("An argument has a wrong type.", [ex.Message]);
        }
        if (_endpoint.Check(request) is { Count: > 0 } problems)
        {
            return Refusal("The endpoint does not accept these arguments.", problems.Select(static problem => problem.Message));
        }

        var cost = _endpoint.EstimateCost(request);
        var (remainingCost, remainingCalls) = _limit.Reserve(cost);
        try
        {
            if (_options.Approve is { } approve)
            {
                using var document = JsonDocument.Parse(text);
                var call = new FalAIFunctionCall
                {
                    EndpointId = _endpoint.EndpointId,
                    Request = document.RootElement.Clone(),
                    Cost = cost,
                    RemainingCost = remainingCost,
                    RemainingCalls = remainingCalls,
                };
                if (!await approve(call, cancellationToken).ConfigureAwait(false))
                {
                    _limit.Release(cost);
                    return Refusal("The call was declined by the user. Do not repeat it.", []);
                }
            }
        }
        catch
        {
            _limit.Release(cost);
            throw;
        }

        try
        {
            var result = await _endpoint.RunAsync(request, _options.Submit, cancellationToken).ConfigureAwait(false);
            return ArgumentJson.Parse(FalJson.WriteUtf8(result));
        }
        catch (Exception ex) when (UnchargedCall.Is(ex))
        {
            _limit.Release(cost);
            throw;
        }
    }

    private static JsonElement Refusal(string error, IEnumerable<string> problems)
    {
        var answer = new JsonObject { ["error"] = error + " Nothing was sent and nothing was charged." };
        JsonNode[] texts = [.. problems.Select(static problem => JsonValue.Create(problem))];
        if (texts.Length > 0) answer["problems"] = new JsonArray(texts);
        return ArgumentJson.Parse(System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }
}
