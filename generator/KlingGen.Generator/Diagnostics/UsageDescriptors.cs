using Microsoft.CodeAnalysis;

namespace KlingGen.Diagnostics;

/// <summary>
/// The diagnostics of how the user's own code works with the runtime. None of these is refused by anything, so none is
/// an error: the code is very likely not intended, but it may be.
/// </summary>
internal static class UsageDescriptors
{
    private const string Category = "KlingGen.Usage";

    // Warning: the program works, and other people can spend the money. An error would stop a sketch with a key that is about to be revoked.
    public static readonly DiagnosticDescriptor KeyInSource = Create("KLG201", "API key in source code",
        "A fal key stands in source, and everyone who can read the source can spend on it; take it from the environment (FAL_KEY) or from "
            + "configuration, and revoke this one");

    // Warning: the results are right; connections are paid for again and again.
    public static readonly DiagnosticDescriptor ClientPerCall = Create(
        "KLG202", "FalClient created per call",
        "A FalClient is made for every {0}; make one, keep it, and share it");

    // Warning: the job is paid for; but it may be looked at on fal's pages.
    public static readonly DiagnosticDescriptor DroppedJob = Create(
        "KLG203", "Job handle discarded",
        "The job is charged, but its handle is discarded, so its result cannot be fetched; keep what SubmitAsync returns, call RunAsync, "
        + "or set FalSubmitOptions.Webhook");

    // Warning: jobs take minutes, and a wait that outlives its caller is rarely intended. CancellationToken.None states the intention.
    public static readonly DiagnosticDescriptor TokenNotPassed = Create(
        "KLG204", "CancellationToken not forwarded",
        "'{0}' is in scope: pass it to '{1}', or pass CancellationToken.None to wait whatever the caller does");

    // Error: the runtime throws an ArgumentException for every such text.
    public static readonly DiagnosticDescriptor InvalidEndpointId
        = Create("KLG205", "Invalid endpoint id", "'{0}' is not an endpoint id: {1}", DiagnosticSeverity.Error);

    // Warning: the program works; but every visitor can read the key and spend on it.
    public static readonly DiagnosticDescriptor KeyInBrowser = Create(
        "KLG206", "API key in a browser app",
        "Every visitor of a browser app can read this key; keep it on a server and set FalClientOptions.ProxyAddress to the URL of a proxy "
            + "there");

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity = DiagnosticSeverity.Warning)
        => new(id, title, message, Category, severity, isEnabledByDefault: true, RuleDescriptions.ForId(id), Descriptors.HelpLinkBase + id + ".md");
}
