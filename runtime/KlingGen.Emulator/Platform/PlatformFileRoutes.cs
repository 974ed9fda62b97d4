using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fal.Emulation;

/// <summary>File routes of the platform API. Access rules are stored and returned; the media host does not enforce them.</summary>
internal sealed class PlatformFileRoutes(EmulatorServices services)
{
    private readonly ConcurrentDictionary<string, string> _rules = new(StringComparer.Ordinal);
    private string _settings = """{"expiration_duration_seconds":null,"initial_acl":null}""";

    public void Map(IEndpointRouteBuilder routes)
    {
        Add(routes.MapGet("/v1/storage/files/acl", Guarded(ReadRulesAsync)));
        Add(routes.MapPut("/v1/storage/files/acl", Guarded(WriteRulesAsync)));
        Add(routes.MapPost("/v1/storage/files/sign", Guarded(SignAsync)));
        Add(routes.MapGet("/v1/storage/settings", Guarded(context => Answers.JsonAsync(context, 200, Volatile.Read(ref _settings)))));
        Add(routes.MapPut("/v1/storage/settings", Guarded(WriteSettingsAsync)));

        static void Add(IEndpointConventionBuilder route) => route.WithMetadata(new OperationMark(FalOperation.Platform));
    }

    private RequestDelegate Guarded(RequestDelegate handle) => async context =>
    {
        if (await PlatformAnswers.PassesAsync(context, services, admin: false).ConfigureAwait(false)) await handle(context).ConfigureAwait(false);
    };

    private Task ReadRulesAsync(HttpContext context)
        => FileOf(context) is { } file
        ? Answers.JsonAsync(context, 200, _rules.GetValueOrDefault(file.Id) ?? """{"default":"allow","rules":[]}""")
        : NotFoundAsync(context);

    private async Task WriteRulesAsync(HttpContext context)
    {
        if (FileOf(context) is not { } file)
        {
            await NotFoundAsync(context).ConfigureAwait(false);
            return;
        }
        if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } rules
            || JsonBody.Text(rules, "default") is not ("allow" or "forbid" or "hide"))
        {
            await PlatformAnswers.ErrorAsync(context, 400, "default must be allow, forbid or hide.").ConfigureAwait(false);
            return;
        }
        rules["rules"] ??= new JsonArray();
        await Answers.JsonAsync(context, 200, _rules[file.Id] = rules.ToJsonString(WireJson.Options)).ConfigureAwait(false);
    }

    private async Task SignAsync(HttpContext context)
    {
        if (FileOf(context) is not { } file)
        {
            await NotFoundAsync(context).ConfigureAwait(false);
            return;
        }
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        if (body?["expiration_seconds"] is not JsonValue seconds || !seconds.TryGetValue<long>(out var time) || time is < 1 or > 604_800)
        {
            await PlatformAnswers.ErrorAsync(context, 400, "expiration_seconds must be between 1 and 604800.").ConfigureAwait(false);
            return;
        }
        var answer = new JsonObject { ["signed_url"] = $"{file.Url.AbsoluteUri}?identity={FalEmulatedFiles.NewId()}" };
        await PlatformAnswers.JsonAsync(context, answer).ConfigureAwait(false);
    }

    private async Task WriteSettingsAsync(HttpContext context)
    {
        if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            await PlatformAnswers.ErrorAsync(context, 400, "The body is no object.").ConfigureAwait(false);
            return;
        }
        var settings = new JsonObject
        {
            ["expiration_duration_seconds"] = body["expiration_duration_seconds"]?.DeepClone(),
            ["initial_acl"] = body["initial_acl"]?.DeepClone(),
        };
        Volatile.Write(ref _settings, settings.ToJsonString(WireJson.Options));
        await Answers.JsonAsync(context, 200, Volatile.Read(ref _settings)).ConfigureAwait(false);
    }

    private FalEmulatedFile? FileOf(HttpContext context)
        => context.Request.Query["url"].ToString() is { Length: > 0 } url ? services.Files.Find(url) : null;

    private static Task NotFoundAsync(HttpContext context) => PlatformAnswers.ErrorAsync(context, 404, "File not found.");
}
