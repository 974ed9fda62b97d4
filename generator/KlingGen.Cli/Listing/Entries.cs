namespace KlingGen.Cli.Listing;

/// <summary>What is worth knowing about an endpoint before one uses it.</summary>
/// <param name="Id">As fal's pages show it.</param>
/// <param name="Client">How C# code gets there.</param>
/// <param name="Request">The full name of what goes in; null where it is plain JSON.</param>
/// <param name="Result">The full name of what comes out; null where it is plain JSON.</param>
/// <param name="Source">Where its document is.</param>
/// <param name="Inputs">The members of the request, in fal's order.</param>
internal sealed record EndpointEntry(string Id, string Client, string? Request, string? Result, string Source, IReadOnlyList<InputEntry> Inputs);

/// <summary>A member of a request.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Property">In C#.</param>
/// <param name="Type">In words.</param>
/// <param name="IsRequired">It has to be given.</param>
/// <param name="Limits">In words; null if there are none.</param>
/// <param name="Rules">What holds between it and other members, in words; null if nothing does.</param>
/// <param name="Values">What it may be, where that is a short list.</param>
/// <param name="Default">What the server takes when it is not given.</param>
internal sealed record InputEntry(string Name, string Property, string Type, bool IsRequired, string? Constraints, string? Rules,
    IReadOnlyList<string>? Values, string? Default);
