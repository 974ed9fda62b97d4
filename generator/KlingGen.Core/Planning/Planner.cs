using System;
using System.Collections.Generic;
using System.Threading;
using KlingGen.Model;
using KlingGen.Naming;
using KlingGen.Specs;

namespace KlingGen.Planning;

/// <summary>
/// Decides over all documents together: the file of each type, its final name, and the path to each client. It is the only place that
/// sees more than one document; their order does not matter.
/// </summary>
internal static class Planner
{
    public static Plan Make(IEnumerable<SpecModel> documents, CancellationToken cancellation = default)
        => Make(documents, ReferencedCode.None, cancellation);

    /// <summary>Plans what the project emits beside the emitted code of its references.</summary>
    public static Plan Make(IEnumerable<SpecModel> documents, ReferencedCode references, CancellationToken cancellation)
    {
        var all = new List<SpecModel>(documents);
        var problems = new List<PlanProblem>();
        var byApp = new SortedList<string, List<SpecModel>>(StringComparer.Ordinal);
        foreach (var document in Distinct(all, problems))
        {
            if (!byApp.TryGetValue(document.App.Namespace, out var app)) byApp.Add(document.App.Namespace, app = new List<SpecModel>());
            app.Add(document);
        }

        var files = new List<DocumentFiles>();
        var hints = new NameSet(StringComparer.OrdinalIgnoreCase);
        var entries = new NameSet();
        foreach (var app in byApp.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                files.AddRange(PlanApp(app, references, problems, hints, entries));
            }
            catch (Exception ex) when (ex is not OperationCanceledException)
            {
                // A defect of KlingGen: the files of the other apps are still emitted.
                var arguments = new[] { app[0].App.Id, ex.GetType().Name + ": " + ex.Message };
                problems.Add(new PlanProblem(SpecProblemKind.InternalFault, app[0].Key, app[0].IsBundled, null, arguments));
            }
        }

        return Plan.Create(files, all, problems);
    }

    /// <summary>One document per endpoint: the user's own before the package's, then by key.</summary>
    private static List<SpecModel> Distinct(IEnumerable<SpecModel> documents, List<PlanProblem> problems)
    {
        var sorted = new List<SpecModel>(documents);
        sorted.Sort(static (a, b) =>
        {
            var byId = string.CompareOrdinal(IdOf(a), IdOf(b));
            if (byId != 0) return byId;
            var byOrigin = a.IsBundled.CompareTo(b.IsBundled);
            return byOrigin != 0 ? byOrigin : string.CompareOrdinal(a.Key, b.Key);
        });

        var kept = new List<SpecModel>(sorted.Count);
        foreach (var document in sorted)
        {
            if (kept.Count > 0 && IdOf(kept[kept.Count - 1]) == IdOf(document))
                problems.Add(new PlanProblem(SpecProblemKind.SameEndpointTwice, document.Key, document.IsBundled, null, new[] { IdOf(document), kept[kept.Count - 1].Key }));
            else
                kept.Add(document);
        }

        return kept;
    }

    private static string IdOf(SpecModel document) => document.Endpoint?.Id ?? document.Key;

    private static List<DocumentFiles> PlanApp(
        List<SpecModel> documents, ReferencedCode references, List<PlanProblem> problems, NameSet hints, NameSet entries)
    {
        var app = documents[0].App;
        var clients = new Dictionary<string, string>(StringComparer.Ordinal);
        var emitted = documents.FindAll(document => !IsReferenced(document, references, clients, problems));
        var names = new TypeNames(emitted, problems, references);
        var taken = names.Taken();
        foreach (var name in references.NamesIn(app.Namespace)) taken.Reserve(name);
        var tree = new HubTree(app, taken);
        foreach (var document in documents)
        {
            if (document.Endpoint is { } endpoint) tree.Add(endpoint, clients.TryGetValue(endpoint.Id, out var client) ? client : null);
        }

        var planned = new List<DocumentFiles>();
        var shared = new List<(List<TypeModel> Types, BindingSet Bindings)>();
        var referencedEnums = new List<EnumModel>();
        foreach (var document in emitted)
        {
            var (own, forOthers) = (new List<TypeModel>(), new List<TypeModel>());
            var (bindings, bindingsForOthers) = (new BindingSet(), new BindingSet());
            foreach (var type in document.Types)
            {
                var entry = names.Of(type);
                if (!ReferenceEquals(entry.First, document)) continue;
                if (entry.Referenced is { } referenced)
                {
                    if (type is EnumModel && !referenced.HasHelpers) referencedEnums.Add((EnumModel)entry.Final(type));
                    continue;
                }

                var isShared = entry.Users > 1 || (documents.Count > 1 && type is EnumModel { IsShared: true });
                (isShared ? forOthers : own).Add(entry.Final(type));
                (isShared ? bindingsForOthers : bindings).AddUsesOf(type, document, names);
            }

            Share(shared, forOthers, bindingsForOthers);

            if (document.Endpoint is { } endpoint)
            {
                bindings.Add(endpoint.Input, document, names);
                bindings.Add(endpoint.Output, document, names);
            }

            var files = new List<FileModel>();
            if (own.Count > 0 || document.Endpoint is not null)
            {
                files.Add(new EndpointFileModel
                {
                    HintName = hints.Count(Text.FileName.ForType(IdOf(document).Replace('/', '.'))),
                    App = app,
                    SpecKey = document.Key,
                    Endpoint = document.Endpoint,
                    ClientName = document.Endpoint is { } client ? tree.ClassOf(client.Id) : "",
                    DocumentHash = ReferencedCode.HashOf(document),
                    Types = own,
                    Bindings = bindings.Sorted(),
                });
            }

            planned.Add(new DocumentFiles(document.Key, document.IsBundled, files));
        }

        if (referencedEnums.Count > 0 && shared.Count == 0) shared.Add((new List<TypeModel>(), new BindingSet()));
        var appFiles = new List<FileModel>(AppFiles(app, shared, referencedEnums, tree, references, hints, entries));
        var last = documents[documents.Count - 1];
        var at = planned.FindIndex(file => file.CompareTo(last.Key, last.IsBundled) == 0);
        if (at < 0) planned.Add(new DocumentFiles(last.Key, last.IsBundled, appFiles));
        else planned[at] = planned[at] with { Files = new List<FileModel>([.. planned[at].Files, .. appFiles]) };
        return planned;
    }

    /// <summary>Whether a referenced assembly has the endpoint's code; its client is then the one to lead to.</summary>
    private static bool IsReferenced(SpecModel document, ReferencedCode references, Dictionary<string, string> clients, List<PlanProblem> problems)
    {
        if (document.Endpoint is not { } endpoint || references.FindEndpoint(endpoint.Id) is not { Count: > 0 } found) return false;
        var (id, assembly) = (endpoint.Id, found[0].Assembly);
        clients[id] = found[0].Client;
        if (found.Count > 1) Report(SpecProblemKind.EmittedByTwoReferences, id, assembly, found[1].Assembly);
        else if (found[0].DocumentHash != ReferencedCode.HashOf(document)) Report(SpecProblemKind.DocumentDiffers, id, document.Key + ".json",
            assembly);
        else Report(SpecProblemKind.EmittedByReference, id, assembly);
        return true;

        void Report(SpecProblemKind kind, params string[] arguments)
            => problems.Add(new PlanProblem(kind, document.Key, document.IsBundled, null, arguments));
    }

    private static IEnumerable<FileModel> AppFiles(
        AppModel app,
        List<(List<TypeModel> Types, BindingSet Bindings)> shared,
        List<EnumModel> referencedEnums,
        HubTree tree,
        ReferencedCode references,
        NameSet hints,
        NameSet entries)
    {
        for (var i = 0; i < shared.Count; i++)
        {
            yield return new SharedFileModel
            {
                HintName = hints.Count(app.Namespace + ".Shared"),
                App = app,
                Types = shared[i].Types,
                Bindings = shared[i].Bindings.Sorted(),
                ReferencedEnums = i == 0 ? referencedEnums : EquatableArray<EnumModel>.Empty,
            };
        }

        if (tree.IsEmpty) yield break;
        yield return new HubFileModel
        {
            HintName = hints.Count(app.Namespace + ".Clients"),
            App = app,
            EntryName = entries.Count(app.Namespace.Replace(".", "")),
            Nodes = tree.Nodes(),
            YieldsToFriends = references.GrantsAccess,
        };
    }

    /// <summary>One file takes them all, except where two documents mean different types by one name: in a file a name means one thing.</summary>
    private static void Share(List<(List<TypeModel> Types, BindingSet Bindings)> shared, List<TypeModel> types, BindingSet bindings)
    {
        if (types.Count == 0) return;
        foreach (var file in shared)
        {
            if (!file.Bindings.TryAdd(bindings)) continue;
            file.Types.AddRange(types);
            return;
        }

        shared.Add((types, bindings));
    }
}
