namespace KlingGen.Generator.Tests.Incremental;

internal static class Steps
{
    /// <summary>The steps that every document goes through.</summary>
    public static readonly string[] OfDocuments = [StepNames.Texts, StepNames.Sources, StepNames.Overlays, StepNames.Read, StepNames.Models, StepNames
        .Plan, StepNames.Files, StepNames.Emit, StepNames.Options];

    /// <summary>What comes after the documents have become models.</summary>
    public static readonly string[] AfterModels = [StepNames.Plan, StepNames.Files, StepNames.Emit];
}
