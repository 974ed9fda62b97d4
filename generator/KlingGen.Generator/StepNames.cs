namespace KlingGen;

/// <summary>Incremental step names: the driver tracks our steps under them, and tests ask for the reasons by them.</summary>
internal static class StepNames
{
    /// <summary>The documents as they are, one file at a time.</summary>
    public const string Texts = "Texts";

    /// <summary>The documents with their overlays.</summary>
    public const string Sources = "Sources";

    /// <summary>The overlays, in the order in which they are laid.</summary>
    public const string Overlays = "Overlays";

    /// <summary>The definitions of shared enums.</summary>
    public const string Enums = "Enums";

    /// <summary>Text to model, one document at a time.</summary>
    public const string Read = "Read";

    /// <summary>The models without their problems.</summary>
    public const string Models = "Models";

    /// <summary>The emitted code of referenced assemblies.</summary>
    public const string References = "References";

    /// <summary>Names of endpoints that the project does not choose.</summary>
    public const string Missing = "Missing";

    /// <summary>All documents together: names and files.</summary>
    public const string Plan = "Plan";

    /// <summary>The files to emit, one at a time.</summary>
    public const string Files = "Files";

    /// <summary>Model to text.</summary>
    public const string Emit = "Emit";

    /// <summary>The clients to register.</summary>
    public const string Registration = "Registration";

    /// <summary>The JSON Schemas of requests, where package KlingGen.AI is referenced.</summary>
    public const string InputSchemas = "InputSchemas";

    /// <summary>The adapters to Microsoft.Extensions.AI.</summary>
    public const string Adapters = "Adapters";

    /// <summary>The problems of single documents.</summary>
    public const string Problems = "Problems";

    /// <summary>The problems that show only between documents.</summary>
    public const string PlanProblems = "PlanProblems";

    /// <summary>What the user decides: namespace and visibility.</summary>
    public const string Options = "Options";
}
