namespace KlingGen.Model;

/// <summary>
/// The model of one document, with all names decided. Like everything in this folder it is immutable, compares by value, and holds
/// neither positions nor JSON nodes nor compiler objects, so that an edit which changes nothing in it costs nothing.
/// </summary>
internal sealed record SpecModel
{
    /// <summary>The document's path below its specs folder, without the ending: <c>fal-ai/kling-video/v1/tts</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The user's own documents win over those that come with the package.</summary>
    public required bool IsBundled { get; init; }

    public required AppModel App { get; init; }

    /// <summary>Null for a document that has types only.</summary>
    public required EndpointModel? Endpoint { get; init; }

    /// <summary>Every type reachable from the input and the output, in the order in which they are met.</summary>
    public required EquatableArray<TypeModel> Types { get; init; }

    /// <summary>No document describes the endpoint: a referenced assembly has it, and only its entry is emitted.</summary>
    public bool IsReferenceOnly { get; init; }
}

/// <summary>An owner's application, the unit in which types are shared: <c>fal-ai/kling-video</c>.</summary>
/// <param name="Id">As fal writes it.</param>
/// <param name="Namespace">Below the root namespace: <c>KlingVideo</c>, or <c>Bria.Fibo</c> where the owner is not fal.</param>
/// <param name="Name">The last part of the namespace, which is also the name of the method that leads to the app.</param>
internal sealed record AppModel(string Id, string Namespace, string Name);

/// <summary>One endpoint: its request, its result, and the path of its client.</summary>
internal sealed record EndpointModel
{
    public required string Id { get; init; }

    /// <summary>The names of the client path below the app; empty for the app itself.</summary>
    public required EquatableArray<string> Path { get; init; }

    public required TypeUse Input { get; init; }

    public required TypeUse Output { get; init; }

    public required string? Summary { get; init; }
}
