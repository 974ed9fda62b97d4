using System;
using System.Collections.Generic;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Json;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Overlays;

namespace KlingGen.Schemas;

/// <summary>Reads one document into its model and problems. Never throws for bad input.</summary>
internal static class SpecReader
{
    /// <summary>The queue's own schema is in every document; the runtime has it as hand-written code.</summary>
    private const string QueueStatus = "QueueStatus";

    /// <summary>How many parts an endpoint id may have; each is a level of clients.</summary>
    private const int MaxSegments = 32;

    public static SpecReading Read(SpecSource source, CancellationToken cancellation = default)
    {
        var context = new ReadContext(source, cancellation);
        var root = DocumentReader.Read(source, context);
        if (root is null) return new SpecReading(null, context.Problems, null);

        if (Overlay.IsOverlay(root) && root.Get("openapi") is null)
        {
            context.Report(
                SpecDiagnosticKind.BadOverlay,
                root.Head(),
                root.Source,
                "an overlay bears the name of its document: 'image-to-video.overlay.json' beside 'image-to-video.json'");
            return new SpecReading(null, context.Problems, null);
        }

        var schemas = root.Get("components")?.Get("schemas");
        if (root.Kind != JsonKind.Object || root.Get("openapi") is null || schemas is not { Kind: JsonKind.Object })
        {
            var missing = root.Kind != JsonKind.Object ? "the object at the top level"
                : root.Get("openapi") is null ? "'openapi'" : "'components.schemas'";
            context.Report(SpecDiagnosticKind.NotAFalDocument, root.Head(), root.Source, missing);
            return new SpecReading(null, context.Problems, null);
        }

        var post = FindPost(root, out var pathRange);
        var id = post is null ? null : EndpointIdOf(pathRange.Name);
        if (post is not null && id is null)
        {
            context.Report(SpecDiagnosticKind.NotAFalDocument, pathRange.NameRange, post.Source, "a path of the form '/owner/alias/…'");
            return new SpecReading(null, context.Problems, null);
        }

        if (post is null && root.Get("paths") is { Kind: JsonKind.Object, Members.Length: > 0 } paths)
        {
            context.Report(SpecDiagnosticKind.NotAFalDocument, paths.Head(), paths.Source, "a path with 'post'");
            return new SpecReading(null, context.Problems, null);
        }

        if (post is not null) ReportOtherEndpoints(root, id!, context);
        var (app, path) = ParseEndpointId(id ?? source.Key);
        var reader = new SchemaReader(schemas, context);
        EndpointModel? endpoint = null;
        if (post is not null)
        {
            endpoint = new EndpointModel
            {
                Id = id!,
                Path = path,
                Input = reader.ReadRoot(JsonSchemaOf(post.Get("requestBody")), TypeRole.Input | TypeRole.InputRoot),
                Output = reader.ReadRoot(JsonSchemaOf(FindResult(root, id!)?.Get("responses")?.Get("200")), TypeRole.Output | TypeRole.OutputRoot),
                Summary = Summary(root),
            };
        }
        else
        {
            foreach (var member in schemas.Members)
            {
                if (member.Name != QueueStatus) reader.ReadComponent(member.Name, TypeRole.Input | TypeRole.Output);
            }
        }

        if (endpoint is null && reader.Types.Count == 0)
        {
            context.Report(SpecDiagnosticKind.NothingEmitted, root.Head(), root.Source);
            return new SpecReading(null, context.Problems, null);
        }

        var audit = new ConstraintAudit(schemas, context);
        if (post is not null) audit.Run(JsonSchemaOf(post.Get("requestBody")));
        else
        {
            foreach (var member in schemas.Members)
            {
                if (member.Name != QueueStatus) audit.Run(member.Value);
            }
        }

        var model = new SpecModel
        {
            Key = source.Key,
            IsBundled = source.IsBundled,
            App = app,
            Endpoint = endpoint,
            Types = ShapeDigest.Stamp(reader.Types),
        };
        var place = post is null ? context.Place(root.Head(), root.Source) : context.Place(pathRange.NameRange, post.Source);
        return new SpecReading(model, context.Problems, new SpecAnchors(source.Key, source.IsBundled, place, reader.Anchors));
    }

    /// <summary>The endpoint of a document, without diagnostics; null if it has none.</summary>
    public static EndpointParts? FindEndpoint(SpecNode root)
    {
        if (FindPost(root, out var path) is not { } post || EndpointIdOf(path.Name) is not { } id) return null;
        var output = JsonSchemaOf(FindResult(root, id)?.Get("responses")?.Get("200"));
        return new EndpointParts(id, JsonSchemaOf(post.Get("requestBody")), output, Summary(root));
    }

    private static SpecNode? FindPost(SpecNode root, out JsonMember path)
    {
        foreach (var member in Posts(root))
        {
            path = member;
            return member.Value.Get("post");
        }

        path = default;
        return null;
    }

    /// <summary>The paths with <c>post</c>, without those of the queue.</summary>
    private static IEnumerable<JsonMember> Posts(SpecNode root)
    {
        if (root.Get("paths") is not { Kind: JsonKind.Object } paths) yield break;
        foreach (var member in paths.Members)
        {
            if (member.Name.IndexOf('{') < 0 && member.Value.Get("post") is { Kind: JsonKind.Object }) yield return member;
        }
    }

    private static void ReportOtherEndpoints(SpecNode root, string id, ReadContext context)
    {
        const int Named = 5;
        JsonMember? second = null;
        var others = new List<string>();
        foreach (var member in Posts(root))
        {
            if (member.Name.Trim('/') == id) continue;
            second ??= member;
            others.Add("'" + Text.Characters.Show(member.Name.Trim('/')) + "'");
        }

        if (second is not { } place) return;
        var more = others.Count > Named ? " and " + Text.Literal.Digits(others.Count - Named) + " more" : "";
        var names = string.Join(", ", others.GetRange(0, Math.Min(others.Count, Named))) + more;
        context.Report(SpecDiagnosticKind.SeveralEndpoints, place.NameRange, place.Value.Source, id, names);
    }

    /// <summary>The result of the endpoint whose request is emitted; of another one only if its own path is missing.</summary>
    private static SpecNode? FindResult(SpecNode root, string id)
    {
        const string Requests = "/requests/{request_id}";
        SpecNode? other = null;
        foreach (var member in root.Get("paths")!.Members)
        {
            if (!member.Name.EndsWith(Requests, StringComparison.Ordinal)) continue;
            if (member.Name.Trim('/') == id + Requests) return member.Value.Get("get");
            other ??= member.Value.Get("get");
        }

        return other;
    }

    private static SpecNode? JsonSchemaOf(SpecNode? body) => body?.Get("content")?.Get("application/json")?.Get("schema");

    private static string? Summary(SpecNode root)
    {
        var about = root.Get("info")?.Get("x-fal-metadata")?.Get("about");
        return about is { Kind: JsonKind.String } && about.Text.Trim().Length > 0 ? about.Text : null;
    }

    /// <summary>
    /// The id is part of addresses and of emitted text, so only what fal's ids are made of is let in: at least owner and alias,
    /// no empty and no dot-only segment.
    /// </summary>
    private static string? EndpointIdOf(string path)
    {
        var id = path.Trim('/');
        var segments = id.Split('/');
        if (segments.Length is < 2 or > MaxSegments) return null;
        foreach (var segment in segments)
        {
            if (segment.Trim('.').Length == 0) return null;
            foreach (var c in segment)
            {
                if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.' or '~' or '+' or '@' or ':'))
                    return null;
            }
        }

        return id;
    }

    /// <summary>An endpoint that a referenced assembly has and no document describes: its app and path, without types.</summary>
    public static SpecModel CreateReferenceOnly(string endpointId)
    {
        var (app, path) = ParseEndpointId(endpointId);
        var any = new TypeUse { Kind = TypeKind.Json };
        return new SpecModel
        {
            Key = endpointId,
            IsBundled = true,
            App = app,
            Endpoint = new EndpointModel { Id = endpointId, Path = path, Input = any, Output = any, Summary = null },
            Types = EquatableArray<TypeModel>.Empty,
            IsReferenceOnly = true,
        };
    }

    /// <summary>The app of an endpoint.</summary>
    public static AppModel AppOf(string endpointId) => ParseEndpointId(endpointId).App;

    private static (AppModel App, EquatableArray<string> Path) ParseEndpointId(string id)
    {
        var segments = new List<string>();
        foreach (var segment in id.Split('/'))
        {
            if (segment.Length > 0) segments.Add(segment);
        }

        // workflows/owner/alias/… and comfy/owner/alias/… carry one more segment in front of the owner.
        var skip = segments.Count > 2 && segments[0] is "workflows" or "comfy" ? 1 : 0;
        var owner = segments.Count > 1 ? segments[skip] : "";
        var alias = segments.Count > 1 ? segments[skip + 1] : segments.Count == 1 ? segments[0] : "specs";
        if (skip == 1) owner = segments[0] + "-" + owner;
        var path = new List<string>();
        for (var i = skip + 2; i < segments.Count; i++) path.Add(NameRules.PathPart(segments[i]));
        return (NameRules.App(owner, alias), path);
    }
}
