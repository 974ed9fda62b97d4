using System;
using System.Collections.Immutable;
using KlingGen.Checks;
using KlingGen.Diagnostics;
using KlingGen.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypeKind = Microsoft.CodeAnalysis.TypeKind;

namespace KlingGen.Analyzers;

/// <summary>Checks URLs and paths where they become media: no request can use a URL that the check before sending refuses.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MediaAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }
        = ImmutableArray.Create(
            ValueDescriptors.NoUrl,
            ValueDescriptors.LargeDataUri,
            ValueDescriptors.LocalFile,
            ValueDescriptors.NoFilePath,
            ValueDescriptors.TextLength,
            ValueDescriptors.TextPattern);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var facts = new Lazy<FileFacts>(() => FileFacts.Read(start.Options.AdditionalFiles, start.CancellationToken));
            start.RegisterAction(Conversion, OperationKind.Conversion);
            start.RegisterAction((operation, known) => Invocation(operation, known, facts), OperationKind.Invocation);
        });
    }

    private static void Conversion(OperationAnalysisContext context, KnownSymbols known)
    {
        var conversion = (IConversionOperation)context.Operation;

        // The type is compared first: the operator takes longer to find, and nearly all conversions are to something else.
        if (conversion.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class } type) return;
        if (KnownSymbols.Same(type, known.Media)
            ? KnownSymbols.Same(conversion.OperatorMethod?.ContainingType, type)
            : IsUnionWithMedia(type, known) && conversion.OperatorMethod is { Parameters: [{ Type.SpecialType: SpecialType.System_String }] })
            CheckUrl(context, conversion.Operand, known);
    }

    private static void Invocation(OperationAnalysisContext context, KnownSymbols known, Lazy<FileFacts> facts)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!KnownSymbols.Same(call.TargetMethod.ContainingType, known.Media) || call.Arguments.Length == 0) return;
        var argument = call.Arguments[0].Value;
        if (call.TargetMethod.Name is "FromUrl" or "FromDataUri") CheckUrl(context, argument, known);
        else if (call.TargetMethod.Name == "FromFile") CheckPath(context, argument, MediaMember.Find(call, known), facts);
    }

    /// <summary>A file that reaches the property through a symbol: <c>ImageUrl = picture</c>.</summary>
    /// <remarks><see cref="ValueAnalyzer"/> calls this: it looks at every assigned member already.</remarks>
    internal static void CheckAssignedFile(
        OperationAnalysisContext context, IOperation value, KnownSymbols known, MemberConstraints member, Lazy<FileFacts> facts)
    {
        // Most values are literals; their kind is faster to test than an interface.
        while (value.Kind == OperationKind.Conversion && value is IConversionOperation { IsImplicit: true } conversion) value = conversion.Operand;
        if (value.Kind is not (OperationKind.LocalReference or OperationKind.FieldReference or OperationKind.PropertyReference)) return;
        if (SymbolValue.Follow(value) is not IInvocationOperation { TargetMethod.Name: "FromFile", Arguments: [var path] } call) return;
        if (!KnownSymbols.Same(call.TargetMethod.ContainingType, known.Media) || !KnownValue.TryGet(path.Value, out var text)) return;
        if (text is string { Length: > 0 } file) CheckFile(context, file, member.WireName, member.File!, facts, new WrittenValue(path.Value, value));
    }

    private static void CheckUrl(OperationAnalysisContext context, IOperation operand, KnownSymbols known)
        => WrittenValue.Visit(operand, known, (value, written) =>
        {
            // fal's documents give an empty string as a default of media, and the check at run time lets it pass.
            if (value is not string { Length: > 0 } text) return;
            if (ValueRules.MediaUrl(text) is { } violation)
            {
                Report(context, ValueDescriptors.NoUrl, written, $"{Subject(context, known)} {violation.Message}");
                return;
            }

            if (ValueMath.IsDataUri(text) && text.Length > MediaUrl.MaxDataUriLength)
                Report(context, ValueDescriptors.LargeDataUri, written, $"{Subject(context, known)} {MediaUrl.RefuseLength(text)}");
            if (MediaMember.Find(context.Operation, known) is not { } member) return;
            foreach (var group in member.ValueGroups)
            {
                if (group.Check(member.Value, new ConstrainedValue.Text(text)) is { } mismatch)
                    Report(context, ValueDescriptors.Find(group.DiagnosticId), written, $"'{member.WireName}' {mismatch.Message}");
            }
        });

    private static void CheckPath(OperationAnalysisContext context, IOperation operand, MemberConstraints? member, Lazy<FileFacts> facts)
        => WrittenValue.Visit(operand, (value, written) =>
        {
            if (value is not string path) return;
            if (MediaUrl.RefusePath(path) is { } wrong)
                Report(context, ValueDescriptors.NoFilePath, written, wrong);
            else if (member?.File is { } constraints)
                CheckFile(context, path, member.WireName, constraints, facts, written);
        });

    /// <summary>Reports the first violation: a file of the wrong kind violates other constraints as a consequence.</summary>
    private static void CheckFile(
        OperationAnalysisContext context, string path, string name, MediaFileConstraints constraints, Lazy<FileFacts> facts, WrittenValue written)
    {
        if (constraints.Check(path, facts.Value) is [var violation, ..])
            Report(context, ValueDescriptors.LocalFile, written, $"'{name}' {violation.Message}");
    }

    private static string Subject(OperationAnalysisContext context, KnownSymbols known)
        => MediaMember.Find(context.Operation, known) is { } member ? "'" + member.WireName + "'" : "A medium";

    private static bool IsUnionWithMedia(INamedTypeSymbol type, KnownSymbols known)
    {
        if (!KnownSymbols.Same(type.BaseType, known.Union)) return false;
        foreach (var member in type.GetMembers(WellKnownMemberNames.ImplicitConversionName))
        {
            if (member is IMethodSymbol { Parameters: [{ Type: var from }] } && KnownSymbols.Same(from, known.Media)) return true;
        }

        return false;
    }

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, WrittenValue written, string message)
        => context.ReportDiagnostic(Diagnostic.Create(rule, written.Place.GetLocation(), written.AdditionalLocations, message));
}
