using KlingGen.Model;

namespace KlingGen.Planning;

/// <summary>One thing to emit. Equal models give equal text, so an edit emits again only what it changed.</summary>
internal abstract record FileModel
{
    /// <summary>The file's name without ending, unique among all.</summary>
    public required string HintName { get; init; }

    public required AppModel App { get; init; }
}

/// <summary>Types with their names in the file.</summary>
internal abstract record TypesFileModel : FileModel
{
    public required EquatableArray<TypeModel> Types { get; init; }

    public required EquatableArray<TypeBinding> Bindings { get; init; }
}

/// <summary>An endpoint's client and the types that only this endpoint uses.</summary>
internal sealed record EndpointFileModel : TypesFileModel
{
    /// <summary>The document, for the first line of the file.</summary>
    public required string SpecKey { get; init; }

    /// <summary>Null for a document that has types only.</summary>
    public required EndpointModel? Endpoint { get; init; }

    public required string ClientName { get; init; }

    /// <summary>A hash of what the document means for C#.</summary>
    public required string DocumentHash { get; init; }
}

/// <summary>The types that several endpoints of an app use.</summary>
internal sealed record SharedFileModel : TypesFileModel;

/// <summary>The way to an app's clients: <c>fal.KlingVideo().V1_6.Standard.ImageToVideo</c>.</summary>
internal sealed record HubFileModel : FileModel
{
    /// <summary>The extension method on the client, and the stem of its class.</summary>
    public required string EntryName { get; init; }

    /// <summary>The root first, then the nodes below it in the order of their paths.</summary>
    public required EquatableArray<HubNode> Nodes { get; init; }

    /// <summary>The project grants other assemblies access to its internals: the entry method yields to one of theirs with the same name.</summary>
    public bool YieldsToFriends { get; init; }
}

/// <param name="ClassName">The node's class.</param>
/// <param name="Path">The prefix of the endpoint id up to the node, for the documentation.</param>
/// <param name="IsEndpoint">The class is an endpoint's client, and this adds the children to it.</param>
/// <param name="Children">One property each.</param>
/// <param name="ReferencedClient">The full name of the client if a referenced assembly has it.</param>
internal sealed record HubNode(string ClassName, string Path, bool IsEndpoint, EquatableArray<HubChild> Children, string? ReferencedClient = null)
{
    /// <summary>
    /// The class that leads to this node: a client of a referenced assembly is used directly unless the project has endpoints below it.
    /// </summary>
    public string TypeName => ReferencedClient is not null && Children.Count == 0 ? "global::" + ReferencedClient : ClassName;
}

/// <param name="Name">The property.</param>
/// <param name="ClassName">The class of the node that it leads to.</param>
/// <param name="TypeName">Its type, as <see cref="HubNode.TypeName"/>.</param>
/// <param name="Path">The path that the property leads to.</param>
internal sealed record HubChild(string Name, string ClassName, string TypeName, string Path);

/// <param name="Local">The name by which the document's own model calls the type.</param>
/// <param name="Final">The name that is emitted.</param>
/// <param name="Role">In which directions the type travels, over all documents of the app.</param>
/// <param name="HasDeprecatedMember">It is an object, and examples and rules elsewhere may name a member of it that is deprecated.</param>
internal sealed record TypeBinding(string Local, string Final, TypeRole Role, bool HasDeprecatedMember = false);

/// <summary>What shows only when documents meet. The generator finds the places by key and type.</summary>
/// <param name="Kind">The problem.</param>
/// <param name="Key">The document to blame.</param>
/// <param name="TypeName">The type concerned, or null for the endpoint.</param>
/// <param name="Arguments">For the message.</param>
internal sealed record PlanProblem(
    Diagnostics.SpecDiagnosticKind Kind, string Key, bool IsBundled, string? TypeName, EquatableArray<string> Arguments);
