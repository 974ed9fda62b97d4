using System;
using System.Collections.Generic;
using KlingGen.Diagnostics;
using KlingGen.Model;

namespace KlingGen.Planning;

/// <summary>An app with its documents in the order of their ids, while its names are decided.</summary>
internal sealed class PlannedApp
{
    private readonly Dictionary<string, string> _referencedClients = new(StringComparer.Ordinal);

    public PlannedApp(List<SpecModel> documents)
    {
        Documents = documents;
        App = documents[0].App;
    }

    public List<SpecModel> Documents { get; }

    /// <summary>Gets the documents whose code no referenced assembly has.</summary>
    public List<SpecModel> Emitted { get; private set; } = new();

    /// <summary>Gets the names of the emitted types; null until they are decided, or if that failed.</summary>
    public TypeNames? Types { get; private set; }

    public AppModel App { get; set; }

    /// <summary>Gets or sets the extension method on the client; empty for an app without endpoints.</summary>
    public string EntryName { get; set; } = "";

    public bool HasEndpoint => Documents.Exists(static document => document.Endpoint is not null);

    /// <summary>Names the types in the namespace of <see cref="App"/>.</summary>
    public void NameTypes(ReferencedCode references, List<PlanProblem> problems)
    {
        Emitted = Documents.FindAll(document => !IsReferenced(document, references, problems));
        Types = new TypeNames(App.Namespace, Emitted, problems, references);
    }

    /// <summary>The full name of the endpoint's client if a referenced assembly has it.</summary>
    public string? ReferencedClientOf(EndpointModel endpoint) => _referencedClients.TryGetValue(endpoint.Id, out var client) ? client : null;

    /// <summary>Whether a referenced assembly has the endpoint's code; its client is then the one to lead to.</summary>
    private bool IsReferenced(SpecModel document, ReferencedCode references, List<PlanProblem> problems)
    {
        if (document.Endpoint is not { } endpoint || references.FindEndpoint(endpoint.Id) is not { Count: > 0 } found) return false;
        var (id, assembly) = (endpoint.Id, found[0].Assembly);
        _referencedClients[id] = found[0].Client;
        if (document.IsReferenceOnly) return true;
        if (found.Count > 1) Report(SpecDiagnosticKind.EmittedByTwoReferences, id, assembly, found[1].Assembly);
        else if (found[0].DocumentHash != ReferencedCode.HashOf(document)) Report(SpecDiagnosticKind.DocumentDiffers, id, document.Key + ".json",
            assembly);
        else Report(SpecDiagnosticKind.EmittedByReference, id, assembly);
        return true;

        void Report(SpecDiagnosticKind kind, params string[] arguments)
            => problems.Add(new PlanProblem(kind, document.Key, document.IsBundled, null, arguments));
    }
}
