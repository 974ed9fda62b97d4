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
                files.AddRange(PlanApp(app, problems, hints, entries));
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

    private static List<DocumentFiles> PlanApp(List<SpecModel> documents, List<PlanProblem> problems, NameSet hints, NameSet entries)
    {
        var app = documents[0].App;
        var names = new TypeNames(documents, problems);
        var taken = names.Taken();
        var tree = new HubTree(app, taken);
        foreach (var document in documents)
        {
            if (document.Endpoint is { } endpoint) tree.Add(endpoint);
        }

        var planned = new List<DocumentFiles>();
        var shared = new List<(List<TypeModel> Types, BindingSet Bindings)>();
        foreach (var document in documents)
        {
            var (own, forOthers) = (new List<TypeModel>(), new List<TypeModel>());
            var (bindings, bindingsForOthers) = (new BindingSet(), new BindingSet());
            foreach (var type in document.Types)
            {
                var entry = names.Of(type);
                if (!ReferenceEquals(entry.First, document)) continue;
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
                    Types = own,
                    Bindings = bindings.Sorted(),
                });
            }

            if (ReferenceEquals(document, documents[documents.Count - 1])) files.AddRange(AppFiles(app, shared, tree, hints, entries));
            planned.Add(new DocumentFiles(document.Key, document.IsBundled, files));
        }

        return planned;
    }

    private static IEnumerable<FileModel> AppFiles(
        AppModel app, List<(List<TypeModel> Types, BindingSet Bindings)> shared, HubTree tree, NameSet hints, NameSet entries)
    {
        foreach (var (types, bindings) in shared)
        {
            var hint = hints.Count(app.Namespace + ".Shared");
            yield return new SharedFileModel { HintName = hint, App = app, Types = types, Bindings = bindings.Sorted() };
        }

        if (tree.IsEmpty) yield break;
        yield return new HubFileModel
        {
            HintName = hints.Count(app.Namespace + ".Clients"),
            App = app,
            EntryName = entries.Count(app.Namespace.Replace(".", "")),
            Nodes = tree.Nodes(),
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
