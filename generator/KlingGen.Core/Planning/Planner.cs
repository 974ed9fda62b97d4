using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Naming;

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
        var described = Distinct(all, problems);
        foreach (var document in described.Concat(references.ModelsBeside(described)))
        {
            var key = AppNames.KeyOf(document.App);
            if (!byApp.TryGetValue(key, out var app)) byApp.Add(key, app = new List<SpecModel>());
            app.Add(document);
        }

        var apps = new List<PlannedApp>();
        foreach (var documentsOfApp in byApp.Values) apps.Add(new PlannedApp(documentsOfApp));
        AppNames.Settle(apps, problems, app => Guard(app.Documents, problems, () => app.NameTypes(references, problems), cancellation));

        var files = new List<DocumentFiles>();
        var hints = new NameSet(StringComparer.OrdinalIgnoreCase);
        foreach (var app in apps)
        {
            if (app.Types is not null)
                Guard(app.Documents, problems, () => files.AddRange(PlanApp(app, app.Types, references, problems, hints)), cancellation);
        }

        return Plan.Create(files, all, problems);
    }

    /// <summary>Turns a defect of KlingGen into a diagnostic; the files of the other apps are still emitted.</summary>
    private static void Guard(List<SpecModel> app, List<PlanProblem> problems, Action plan, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            plan();
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            var arguments = new[] { app[0].App.Id, ex.GetType().Name + ": " + ex.Message };
            problems.Add(new PlanProblem(SpecDiagnosticKind.InternalFault, app[0].Key, app[0].IsBundled, null, arguments));
        }
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
                problems.Add(new PlanProblem(
                    SpecDiagnosticKind.SameEndpointTwice,
                    document.Key,
                    document.IsBundled,
                    null,
                    new[] { IdOf(document), kept[kept.Count - 1].Key }));
            else
                kept.Add(document);
        }

        return kept;
    }

    private static string IdOf(SpecModel document) => document.Endpoint?.Id ?? document.Key;

    private static List<DocumentFiles> PlanApp(
        PlannedApp plannedApp, TypeNames names, ReferencedCode references, List<PlanProblem> problems, NameSet hints)
    {
        var (app, documents) = (plannedApp.App, plannedApp.Documents);
        var taken = names.Taken();
        foreach (var name in references.NamesIn(app.Namespace)) taken.Reserve(name);
        var tree = new HubTree(app, taken, problems);
        foreach (var document in documents)
        {
            if (document.Endpoint is { } endpoint) tree.Add(endpoint, document, plannedApp.ReferencedClientOf(endpoint));
        }

        var planned = new List<DocumentFiles>();
        var shared = new List<(List<TypeModel> Types, BindingSet Bindings)>();
        foreach (var document in plannedApp.Emitted)
        {
            var (own, forOthers) = (new List<TypeModel>(), new List<TypeModel>());
            var (bindings, bindingsForOthers) = (new BindingSet(), new BindingSet());
            foreach (var type in document.Types)
            {
                var entry = names.Get(type);
                if (!ReferenceEquals(entry.First, document)) continue;
                if (entry.Referenced is not null) continue;
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

        var appFiles = new List<FileModel>(AppFiles(plannedApp, shared, tree, references, hints));
        var last = documents[documents.Count - 1];
        var at = planned.FindIndex(file => file.CompareTo(last.Key, last.IsBundled) == 0);
        if (at < 0) planned.Add(new DocumentFiles(last.Key, last.IsBundled, appFiles));
        else planned[at] = planned[at] with { Files = new List<FileModel>([.. planned[at].Files, .. appFiles]) };
        return planned;
    }

    private static IEnumerable<FileModel> AppFiles(
        PlannedApp planned,
        List<(List<TypeModel> Types, BindingSet Bindings)> shared,
        HubTree tree,
        ReferencedCode references,
        NameSet hints)
    {
        var app = planned.App;
        for (var i = 0; i < shared.Count; i++)
        {
            yield return new SharedFileModel
            {
                HintName = hints.Count(app.Namespace + ".Shared"),
                App = app,
                Types = shared[i].Types,
                Bindings = shared[i].Bindings.Sorted(),
            };
        }

        if (tree.IsEmpty) yield break;
        yield return new HubFileModel
        {
            HintName = hints.Count(app.Namespace + ".Clients"),
            App = app,
            EntryName = planned.EntryName,
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
