using Microsoft.CodeAnalysis;

namespace KlingGen.Diagnostics;

/// <summary>
/// The diagnostics of values that user code assigns to emitted properties. The severity is the certainty: an
/// error is what our own check at run time refuses whatever else the program does; anything less is a warning or less.
/// The message is equal to that of the check at run time.
/// </summary>
internal static class ValueDescriptors
{
    private const string Category = "KlingGen.Values";

    // Error: the check at run time counts the same characters and refuses the request.
    public static readonly DiagnosticDescriptor TextLength = Create("KLG101", "String length out of range", DiagnosticSeverity.Error);

    // Error: the check at run time compares with the same limits and refuses the request.
    public static readonly DiagnosticDescriptor NumberRange = Create("KLG102", "Number out of range", DiagnosticSeverity.Error);

    // Error: the check at run time matches with the same engine and refuses the request; patterns that it leaves to the server are left here as well.
    public static readonly DiagnosticDescriptor TextPattern = Create("KLG103", "String does not match the pattern", DiagnosticSeverity.Error);

    // Warning: the check at run time lets an empty text pass, and so may the server; it is still hardly meant.
    public static readonly DiagnosticDescriptor EmptyText = Create("KLG104", "Required string is empty", DiagnosticSeverity.Warning);

    // Error: the check at run time counts the same elements and refuses the request.
    public static readonly DiagnosticDescriptor ElementCount = Create("KLG105", "Item count out of range", DiagnosticSeverity.Error);

    // Error: the check at run time finds the same two equal and refuses the request.
    public static readonly DiagnosticDescriptor RepeatedElement = Create("KLG106", "Duplicate list item", DiagnosticSeverity.Error);

    // Error: a value without a name has no form on the wire, so the request cannot even be written.
    public static readonly DiagnosticDescriptor UndefinedValue = Create("KLG107", "Value is not in its enum", DiagnosticSeverity.Error);

    // Error: the check at run time refuses every request with such an address.
    public static readonly DiagnosticDescriptor NoUrl = Create("KLG108", "Invalid URL", DiagnosticSeverity.Error);

    // Warning: it works, but every request is slower for it, and some endpoints refuse long ones.
    public static readonly DiagnosticDescriptor LargeDataUri = Create("KLG109", "Large data URI", DiagnosticSeverity.Warning);

    // Warning: the file that is there when the program runs may be another one.
    public static readonly DiagnosticDescriptor LocalFile = Create("KLG110", "Local file violates a media constraint", DiagnosticSeverity.Warning);

    // Error: both are given on the same object, and the check at run time refuses the pair.
    public static readonly DiagnosticDescriptor ExcludedMember = Create("KLG111", "Mutually exclusive properties", DiagnosticSeverity.Error);

    // Warning: the object may be a beginning that `with` completes before it is sent.
    public static readonly DiagnosticDescriptor MissingMember = Create("KLG112", "Missing dependent property", DiagnosticSeverity.Warning);

    // Error: the check at run time adds and compares the same numbers and refuses the request.
    public static readonly DiagnosticDescriptor RelatedNumbers = Create("KLG113", "Numeric relation violated", DiagnosticSeverity.Error);

    // Info, and off: saying what the server does anyway is a matter of taste, and protects against a change of the server's mind.
    public static readonly DiagnosticDescriptor ServerDefault = Create(
        "KLG114",
        "Value is the server's default",
        DiagnosticSeverity.Info,
        isEnabled: false);

    // Warning: fal still takes the member. The compiler itself reports it, by the attribute that the emitted member carries; no analyzer runs for it.
    public static readonly DiagnosticDescriptor DeprecatedMember = Create(
        RulePages.Deprecated,
        "Deprecated member",
        DiagnosticSeverity.Warning);

    // Error: FromFile throws for an empty path, and no file can be opened by a URL.
    public static readonly DiagnosticDescriptor NoFilePath = Create("KLG116", "Not a file path", DiagnosticSeverity.Error);

    // Error: the code does not compile. The compiler suggests a cast (CS0266), which gives another value; this diagnostic names the enum value.
    public static readonly DiagnosticDescriptor NumberForEnum = Create("KLG117", "Number where an enum value is needed", DiagnosticSeverity.Error);

    /// <summary>The descriptor of a group of constraints.</summary>
    public static DiagnosticDescriptor Find(string id) => id switch
    {
        "KLG101" => TextLength,
        "KLG102" => NumberRange,
        "KLG103" => TextPattern,
        "KLG105" => ElementCount,
        "KLG106" => RepeatedElement,
        "KLG108" => NoUrl,
        _ => throw new System.InvalidOperationException(id + " is no diagnostic of a constraint."),
    };

    private static DiagnosticDescriptor Create(string id, string title, DiagnosticSeverity severity, bool isEnabled = true)
        => new(id, title, "{0}", Category, severity, isEnabled, RuleDescriptions.ForId(id), Descriptors.HelpLinkBase + id + ".md");
}
