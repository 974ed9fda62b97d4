using System;
using System.Collections.Generic;
using System.Globalization;
using KlingGen.Model;
using KlingGen.Schemas;

namespace KlingGen.Planning;

/// <summary>An endpoint whose client a referenced assembly has.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Id">The endpoint's id.</param>
/// <param name="DocumentHash">What <see cref="ReferencedCode.HashOf(SpecModel)"/> gave when the assembly was built.</param>
/// <param name="Client">The client's full name, without <c>global::</c>.</param>
/// <param name="IsPublic">It is not internal code of an assembly that grants access.</param>
internal sealed record ReferencedEndpoint(string Assembly, string Id, string DocumentHash, string Client, bool IsPublic);

/// <summary>A type that two referenced assemblies have, which C# code cannot name (CS0433).</summary>
/// <param name="Name">The full name.</param>
/// <param name="First">The name of the first assembly, in the order of the references.</param>
/// <param name="Second">The name of the second.</param>
internal sealed record AmbiguousType(string Name, string First, string Second);

/// <summary>A type that a referenced assembly has.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Name">The name below the root namespace: <c>KlingVideo.Duration5Or10</c>.</param>
/// <param name="Shape">What <see cref="ReferencedCode.ShapeOf"/> gave when the assembly was built; empty for a type without a shape, such as a
/// client.</param>
/// <param name="IsPublic">It is not internal code of an assembly that grants access.</param>
internal sealed record ReferencedType(string Assembly, string Name, string Shape, bool IsPublic);

/// <summary>
/// The emitted code that a project can use from its references: public code, and internal code of assemblies that grant the project access. It is not
/// emitted
/// again, so that a library and an app that both use the package have one type for one thing.
/// </summary>
/// <param name="Endpoints">The endpoints, in the order of the references.</param>
/// <param name="Types">The types, in the order of the references.</param>
/// <param name="GrantsAccess">The project grants other assemblies access to its internals, which then see two entry methods of one name.</param>
internal sealed record ReferencedCode(EquatableArray<ReferencedEndpoint> Endpoints, EquatableArray<ReferencedType> Types, bool GrantsAccess)
{
    public static readonly ReferencedCode None = new(EquatableArray<ReferencedEndpoint>.Empty, EquatableArray<ReferencedType>.Empty, false);

    /// <summary>Entry methods lead to every endpoint of the references, not only to those that the project's documents describe as well.</summary>
    public bool LeadsToAll { get; init; }

    /// <summary>
    /// The endpoints that no document describes, in the order of their ids. An endpoint that two references have is left out: C# cannot name
    /// its client.
    /// </summary>
    public IEnumerable<SpecModel> ModelsBeside(List<SpecModel> documents)
    {
        if (!LeadsToAll) yield break;
        var assemblies = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var endpoint in Endpoints) assemblies[endpoint.Id] = assemblies.TryGetValue(endpoint.Id, out var count) ? count + 1 : 1;
        foreach (var document in documents)
        {
            if (document.Endpoint is { } endpoint) assemblies.Remove(endpoint.Id);
        }

        foreach (var endpoint in assemblies)
        {
            if (endpoint.Value == 1) yield return SpecReader.CreateReferenceOnly(endpoint.Key);
        }
    }

    /// <summary>The endpoint by its id: null, one, or one for each assembly that has it.</summary>
    public List<ReferencedEndpoint> FindEndpoint(string id)
    {
        var found = new List<ReferencedEndpoint>();
        foreach (var endpoint in Endpoints)
        {
            if (endpoint.Id == id) found.Add(endpoint);
        }

        return found;
    }

    /// <summary>The types of one name below the root namespace.</summary>
    public List<ReferencedType> FindTypes(string name)
    {
        var found = new List<ReferencedType>();
        foreach (var type in Types)
        {
            if (type.Name == name) found.Add(type);
        }

        return found;
    }

    /// <summary>The types of one name that two references have.</summary>
    public List<AmbiguousType> FindAmbiguousTypes()
    {
        var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
        var found = new List<AmbiguousType>();
        foreach (var type in Types)
        {
            if (!firsts.TryGetValue(type.Name, out var first)) firsts.Add(type.Name, type.Assembly);
            else if (first != type.Assembly) found.Add(new AmbiguousType(type.Name, first, type.Assembly));
        }

        return found;
    }

    /// <summary>The names that are taken in an app's namespace.</summary>
    public IEnumerable<string> NamesIn(string appNamespace)
    {
        foreach (var type in Types)
        {
            var dot = type.Name.LastIndexOf('.');
            if (dot == appNamespace.Length && type.Name.StartsWith(appNamespace, StringComparison.Ordinal)) yield return type.Name.Substring(dot + 1);
        }
    }

    /// <summary>Two types of one name are the same if their shapes and the directions in which they travel are.</summary>
    public static string ShapeOf(TypeModel type)
        => type.Shape.ToString("x16", CultureInfo.InvariantCulture) + ((int)type.Role).ToString("x", CultureInfo.InvariantCulture);

    /// <summary>A hash of what a document means for C#: formatting, descriptions and the order of types do not change it.</summary>
    public static string HashOf(SpecModel document)
    {
        var hash = 14695981039346656037UL;
        var shapes = new List<string>();
        foreach (var type in document.Types) shapes.Add(type.Name + " " + type.Shape.ToString("x16", CultureInfo.InvariantCulture));
        shapes.Sort(StringComparer.Ordinal);
        foreach (var shape in shapes)
        {
            foreach (var c in shape) hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
