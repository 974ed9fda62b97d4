using KlingGen.Diagnostics;

namespace KlingGen.Cli.Checking;

/// <summary>
/// Diagnostics of the tool alone, which need libraries that the generator does not reference. The pages of these rules are
/// one section of docs/CLI.md.
/// </summary>
internal static class ToolRules
{
    private const string HelpLink = RepositoryLinks.Files + "generator/docs/CLI.md#diagnostics-of-the-tool-alone";

    // Warning: another OpenAPI reader rejects the document, so other tools may too; our own reader accepts it.
    public static readonly DiagnosticRule NotOpenApi = new("KLT001", "Not OpenAPI by the letter", "Microsoft.OpenApi says: {0}", SpecSeverity.Warning)
    {
        HelpLink = HelpLink
    };

    // Warning: as KLG005, found by an independent validator.
    public static readonly DiagnosticRule DefaultRefused = new(
        "KLT002",
        "Default refused by NJsonSchema",
        "The default is refused by its own schema: {0}",
        SpecSeverity.Warning)
    { HelpLink = HelpLink };

    // Info: as KLG006.
    public static readonly DiagnosticRule ExampleRefused = new(
        "KLT003",
        "Example refused by NJsonSchema",
        "The example is refused by its own schema: {0}",
        SpecSeverity.Info)
    { HelpLink = HelpLink };
}
