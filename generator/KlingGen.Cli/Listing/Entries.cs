using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace KlingGen.Cli.Listing;

/// <summary>The facts of an endpoint that its user needs.</summary>
/// <param name="Id">As fal's pages show it.</param>
/// <param name="Client">How C# code gets there.</param>
/// <param name="Request">The full name of what goes in; null where it is plain JSON.</param>
/// <param name="Result">The full name of what comes out; null where it is plain JSON.</param>
/// <param name="Source">Where its document is.</param>
/// <param name="Inputs">The properties of the request, in fal's order.</param>
/// <param name="Types">The types of objects inside the request, in the order in which they occur.</param>
internal sealed record EndpointEntry(
    string Id, string Client, string? Request, string? Result, string Source, IReadOnlyList<InputEntry> Inputs, IReadOnlyList<TypeEntry> Types);

/// <summary>A type inside a request.</summary>
/// <param name="Name">In C#.</param>
/// <param name="Inputs">Its properties, in fal's order.</param>
internal sealed record TypeEntry(string Name, IReadOnlyList<InputEntry> Inputs);

/// <summary>A property of a request or of a type inside it.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Property">In C#.</param>
/// <param name="Type">In words.</param>
/// <param name="Words">The same with the values of a short enum in place of its type, for people.</param>
/// <param name="IsRequired">It has to be given.</param>
/// <param name="Limits">In words; null if there are none.</param>
/// <param name="Constraints">The same by the keywords of JSON Schema; null if there are none.</param>
/// <param name="Rules">What holds between it and other properties, in words; null if nothing does.</param>
/// <param name="Choice">The name of the enum that it, or an element of it, takes values of; null if it takes none.</param>
/// <param name="Values">The values of that enum.</param>
/// <param name="Default">What the server takes when it is not given.</param>
internal sealed record InputEntry(
    string Name,
    string Property,
    string Type,
    [property: JsonIgnore] string Words,
    bool IsRequired,
    string? Limits,
    JsonObject? Constraints,
    string? Rules,
    string? Choice,
    IReadOnlyList<string>? Values,
    string? Default);
