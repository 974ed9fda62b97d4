using Microsoft.CodeAnalysis;

namespace KlingGen.Diagnostics;

/// <summary>
/// The diagnostics of values that the user's own code gives to emitted members. The severity says how sure we are: an error is what our own check at run time
/// refuses whatever else the program does; anything less is a warning or less.
/// </summary>
internal static class ValueDescriptors
{
    private const string Category = "KlingGen.Values";

    // Error: the check at run time counts the same characters and refuses the request.
    public static readonly DiagnosticDescriptor TextLength = Error("KLG101", "Text too long or too short");

    // Error: the check at run time compares with the same limits and refuses the request.
    public static readonly DiagnosticDescriptor NumberRange = Error("KLG102", "Number out of range");

    /// <summary>The message is the sentence that the check at run time would say.</summary>
    private static DiagnosticDescriptor Error(string id, string title) => Create(id, title, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Create(string id, string title, DiagnosticSeverity severity, bool isEnabled = true)
        => new(id, title, "{0}", Category, severity, isEnabled, helpLinkUri: Descriptors.HelpLinkBase + id + ".md");
}
