using System.Reflection;
using Fal;
using Fal.Wire;

namespace KlingGen.Specs.Tests.Generated;

/// <summary>The emitted client of an endpoint, found by its id, with request and result known only at run time.</summary>
internal sealed class GeneratedEndpoint
{
    private static readonly Assembly Emitted = typeof(KlingVideoApp).Assembly;
    private static readonly MethodInfo JudgeRequest = typeof(GeneratedEndpoint)
        .GetMethod(nameof(Judge), BindingFlags.NonPublic | BindingFlags.Static)!;

    private GeneratedEndpoint(string id, Type client)
    {
        Id = id;
        Client = client;
        Request = client.BaseType!.GetGenericArguments()[0];
        Result = client.BaseType!.GetGenericArguments()[1];
    }

    public static IReadOnlyList<GeneratedEndpoint> All { get; } =
    [
        .. Emitted.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(FalEndpoint<,>))
            .Select(type => new GeneratedEndpoint((string)type.GetField("Id")!.GetRawConstantValue()!, type))
            .OrderBy(endpoint => endpoint.Id, StringComparer.Ordinal),
    ];

    public string Id { get; }

    public Type Client { get; }

    public Type Request { get; }

    public Type Result { get; }

    public static GeneratedEndpoint Of(string id) => All.Single(endpoint => endpoint.Id == id);

    /// <summary>What the emitted checks say of a request given as JSON. What cannot even be read is one problem.</summary>
    public IReadOnlyList<string> Problems(JsonNode? body) => Problems(Request, body);

    public static IReadOnlyList<string> Problems(Type type, JsonNode? body)
        => (IReadOnlyList<string>)JudgeRequest.MakeGenericMethod(type).Invoke(null, [body?.ToJsonString() ?? "null"])!;

    /// <summary>The emitted type of this name, in any app.</summary>
    public static Type TypeNamed(string name) => Emitted.GetTypes()
        .Single(type => type.Name == name && type.Namespace!.StartsWith("Fal.", StringComparison.Ordinal));

    private static IReadOnlyList<string> Judge<T>(string json)
        where T : class, IFalObject<T>
    {
        T request;
        try
        {
            request = FalJson.Read<T>(json);
        }
        catch (FalProtocolException ex)
        {
            return [ex.Message];
        }

        var checks = new FalChecks();
        request.Check(checks);
        return [.. checks.Problems.Select(problem => $"{problem.Path}: {problem.Message}")];
    }
}
