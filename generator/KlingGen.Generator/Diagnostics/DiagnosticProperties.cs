namespace KlingGen.Diagnostics;

/// <summary>The facts that a diagnostic passes to its code fix, by the names of <c>Diagnostic.Properties</c>.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The nearest permitted value as a C# expression, where one answer is obvious.</summary>
    public const string Nearest = nameof(Nearest);

    /// <summary>The C# name of the member concerned.</summary>
    public const string Member = nameof(Member);

    /// <summary>C# names of the members that the reported one excludes, separated by commas.</summary>
    public const string Others = nameof(Others);

    /// <summary>C# names of members of which one is missing, separated by commas.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>The token that is in scope, as a C# expression.</summary>
    public const string Token = nameof(Token);

    /// <summary>The name of the parameter that it belongs to.</summary>
    public const string Parameter = nameof(Parameter);
}
