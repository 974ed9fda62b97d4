using System;
using System.Collections.Generic;
using System.Globalization;
using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Naming;

namespace KlingGen.Planning;

/// <summary>
/// Decides the namespace and the entry point of every app. Both are made of the app's own words. Where two apps want the same name, the first in
/// a fixed order keeps it, and each other one gets another name and a diagnostic.
/// </summary>
internal static class AppNames
{
    /// <summary>The key by which documents belong to one app. A document without an owner belongs to fal's own app.</summary>
    public static string KeyOf(AppModel app) => app.Id.IndexOf('/') < 0 ? NameRules.FalOwner + "/" + app.Id : app.Id;

    /// <param name="apps">The apps.</param>
    /// <param name="problems">Takes a problem for each app whose name another one has.</param>
    /// <param name="nameTypes">Names the types of an app whose namespace is decided.</param>
    public static void Settle(List<PlannedApp> apps, List<PlanProblem> problems, Action<PlannedApp> nameTypes)
    {
        var ordered = new List<PlannedApp>(apps);
        ordered.Sort(static (a, b) =>
        {
            var byOwner = IsNested(a).CompareTo(IsNested(b));
            if (byOwner != 0) return byOwner;
            var byForm = NameRules.IsPlainId(b.App.Id).CompareTo(NameRules.IsPlainId(a.App.Id));
            return byForm != 0 ? byForm : string.CompareOrdinal(a.App.Id, b.App.Id);
        });

        var namespaces = SettleNamespaces(ordered, problems);
        SettleEntries(ordered, problems);

        // An app inside the namespace of another app comes after it, when the types of the outer app have names.
        foreach (var app in ordered)
        {
            AvoidTypes(app, namespaces, problems);
            nameTypes(app);
        }
    }

    private static bool IsNested(PlannedApp app) => app.App.Namespace.IndexOf('.') >= 0;

    private static Dictionary<string, PlannedApp> SettleNamespaces(List<PlannedApp> apps, List<PlanProblem> problems)
    {
        var owners = new Dictionary<string, PlannedApp>(StringComparer.Ordinal);
        foreach (var app in apps)
        {
            var wish = app.App.Namespace;
            if (owners.TryGetValue(wish, out var other))
            {
                var spelled = NameRules.Spelled(app.App);
                var name = Free(spelled.Namespace, owners.ContainsKey);
                app.App = spelled with { Namespace = name, Name = name.Substring(name.LastIndexOf('.') + 1) };
                problems.Add(Problem(app, "namespace '" + wish + "'", "'" + other.App.Id + "'", name));
            }

            owners.Add(app.App.Namespace, app);
        }

        return owners;
    }

    private static void SettleEntries(List<PlannedApp> apps, List<PlanProblem> problems)
    {
        var owners = new Dictionary<string, PlannedApp>(StringComparer.Ordinal);
        foreach (var app in apps)
        {
            if (!app.HasEndpoint) continue;
            var wish = app.App.Namespace.Replace(".", "");
            if (ReservedNames.IsNamespace(wish) && IsNested(app)) wish += "App";
            app.EntryName = wish;
            if (owners.TryGetValue(wish, out var other))
            {
                app.EntryName = Free(app.App.Namespace.Replace('.', '_'), owners.ContainsKey);
                problems.Add(Problem(app, "entry point '" + wish + "()'", "'" + other.App.Id + "'", app.EntryName + "()"));
            }

            owners.Add(app.EntryName, app);
        }
    }

    /// <summary>The namespace of an app may be inside that of another app, in which no type may have its name.</summary>
    private static void AvoidTypes(PlannedApp app, Dictionary<string, PlannedApp> namespaces, List<PlanProblem> problems)
    {
        var dot = app.App.Namespace.LastIndexOf('.');
        if (dot < 0 || !namespaces.TryGetValue(app.App.Namespace.Substring(0, dot), out var parent)) return;
        var last = app.App.Namespace.Substring(dot + 1);
        if (parent.Types is null || !parent.Types.Has(last)) return;
        var (wish, name) = (app.App.Namespace, Free(app.App.Namespace + "App", namespaces.ContainsKey));
        app.App = app.App with { Namespace = name };
        namespaces.Add(name, app);
        problems.Add(Problem(app, "namespace '" + wish + "'", "the type '" + last + "' of '" + parent.App.Id + "'", name));
    }

    private static string Free(string wish, Predicate<string> isTaken)
    {
        var name = wish;
        for (var i = 2; isTaken(name); i++) name = wish + "_" + i.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    private static PlanProblem Problem(PlannedApp app, string what, string owner, string name)
    {
        var document = app.Documents[0];
        return new PlanProblem(SpecDiagnosticKind.NameTaken, document.Key, document.IsBundled, null, new[] { what, owner, app.App.Id, name });
    }
}
