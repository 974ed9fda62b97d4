using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using KlingGen.Emission;
using KlingGen.Planning;
using Microsoft.CodeAnalysis;

namespace KlingGen;

/// <summary>What the references have, with full names: which part of it counts depends on the root namespace.</summary>
internal static class ReferenceReader
{
    private const string Runtime = "KlingGen.Runtime";
    private const string Attribute = "Fal.Wire.FalEmittedAttribute";

    /// <summary>Reads the emitted code of all references that the project can use.</summary>
    public static ReferencedCode Read(Compilation compilation, CancellationToken cancellation)
    {
        var endpoints = new List<ReferencedEndpoint>();
        var types = new List<ReferencedType>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (UsesRuntime(assembly)) ReadAssembly(assembly, assembly.GivesAccessTo(compilation.Assembly), endpoints, types);
        }

        var grantsAccess = compilation.Assembly.GetAttributes()
            .Any(static attribute => attribute.AttributeClass is { Name: "InternalsVisibleToAttribute" });
        return endpoints.Count == 0 && types.Count == 0 && !grantsAccess ? ReferencedCode.None : new ReferencedCode(endpoints, types, grantsAccess);
    }

    /// <summary>
    /// What a project with these options can use: types have their names below its root namespace, and public code cannot name internal types of a
    /// friend, whose
    /// names are taken all the same.
    /// </summary>
    public static ReferencedCode UsableWith(ReferencedCode code, EmissionOptions options)
    {
        if (code.Types.Count == 0) return code;
        var prefix = options.RootNamespace + ".";
        return code with
        {
            Endpoints = code.Endpoints.Where(endpoint => endpoint.IsPublic || !options.IsPublic).ToArray(),
            Types = code.Types.Where(type => type.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(type => type with { Name = type.Name.Substring(prefix.Length), Shape = type.IsPublic || !options.IsPublic ? type.Shape : "" })
                .ToArray(),
        };
    }

    private static bool UsesRuntime(IAssemblySymbol assembly)
        => assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static identity => identity.Name == Runtime));

    private static void ReadAssembly(IAssemblySymbol assembly, bool isFriend, List<ReferencedEndpoint> endpoints, List<ReferencedType> types)
    {
        var namespaces = new HashSet<string>(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass?.ToDisplayString() != Attribute || attribute.ConstructorArguments.Length != 5) continue;
            var text = attribute.ConstructorArguments.Take(4).Select(static argument => argument.Value as string ?? "").ToArray();
            var (ns, id, hash, client) = (text[0], text[1], text[2], text[3]);
            if (client.Length > 0 && IsAccessible(ns + "." + client))
            {
                endpoints.Add(new ReferencedEndpoint(assembly.Name, id, hash, ns + "." + client, IsPublic(ns + "." + client)));
                Add(ns + "." + client, "");
            }

            foreach (var type in attribute.ConstructorArguments[4].Values.Select(static value => ((string)value.Value!).Split(' ')))
            {
                if (type.Length == 2 && IsAccessible(ns + "." + type[0])) Add(ns + "." + type[0], type[1]);
            }

            namespaces.Add(ns);
        }

        // A friend sees the internal classes as well, and must not declare another one by the same name.
        if (!isFriend) return;
        foreach (var type in namespaces.SelectMany(ns => TypesIn(assembly, ns))) Add(type, "");

        bool IsPublic(string name) => assembly.GetTypeByMetadataName(name) is { DeclaredAccessibility: Accessibility.Public };

        bool IsAccessible(string name) => isFriend ? assembly.GetTypeByMetadataName(name) is not null : IsPublic(name);

        void Add(string name, string shape)
        {
            if (named.Add(name)) types.Add(new ReferencedType(assembly.Name, name, shape, IsPublic(name)));
        }
    }

    private static IEnumerable<string> TypesIn(IAssemblySymbol assembly, string name)
    {
        INamespaceSymbol? found = assembly.GlobalNamespace;
        foreach (var part in name.Split('.')) found = found?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
        return found is null ? [] : found.GetTypeMembers().Select(type => name + "." + type.Name);
    }
}
