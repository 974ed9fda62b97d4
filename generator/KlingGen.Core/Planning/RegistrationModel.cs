using System;
using System.Collections.Generic;
using KlingGen.Model;

namespace KlingGen.Planning;

/// <summary>
/// The clients that <c>services.AddFalClients()</c> registers: those of the project, and those of referenced assemblies that it can use.
/// </summary>
/// <param name="Clients">Full names, in ordinal order.</param>
/// <param name="YieldsToFriends">The project grants other assemblies access to its internals, which then see two methods of one name.</param>
internal sealed record RegistrationModel(EquatableArray<string> Clients, bool YieldsToFriends)
{
    public static RegistrationModel FromPlan(Plan plan, ReferencedCode references, string rootNamespace)
    {
        var clients = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in references.Endpoints) clients.Add(endpoint.Client);
        foreach (var file in plan.Files)
        {
            if (file is EndpointFileModel { Endpoint: not null } own) clients.Add(rootNamespace + "." + own.App.Namespace + "." + own.ClientName);
        }

        return new RegistrationModel(new List<string>(clients), references.GrantsAccess);
    }
}
