using System.ComponentModel;

namespace Fal.Wire;

/// <summary>
/// Lists the code that KlingGen emitted into an assembly from one document. Projects that reference the assembly use that code and do not emit it
/// again.
/// </summary>
/// <param name="namespaceName">The namespace of the types.</param>
/// <param name="endpointId">The endpoint; empty for types that several endpoints share.</param>
/// <param name="documentHash">A hash of the document's C# model; empty without an endpoint.</param>
/// <param name="client">The client's class; empty without an endpoint.</param>
/// <param name="types">The types, each followed by a space and its shape digest.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FalEmittedAttribute(string namespaceName, string endpointId, string documentHash, string client, params string[] types)
    : Attribute
{
    /// <summary>The namespace of the types.</summary>
    public string NamespaceName { get; } = namespaceName;

    /// <summary>The endpoint; empty for types that several endpoints share.</summary>
    public string EndpointId { get; } = endpointId;

    /// <summary>A hash of the document's C# model; empty without an endpoint.</summary>
    public string DocumentHash { get; } = documentHash;

    /// <summary>The client's class; empty without an endpoint.</summary>
    public string Client { get; } = client;

    /// <summary>The types, each followed by a space and its shape digest.</summary>
    public IReadOnlyList<string> Types { get; } = types;
}
