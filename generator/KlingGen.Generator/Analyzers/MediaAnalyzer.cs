using System;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>Looks at addresses and paths where they become media: no request can use an address that the check before sending refuses.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MediaAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }
        = ImmutableArray.Create(ValueDescriptors.NoUrl, ValueDescriptors.LargeDataUri, ValueDescriptors.LocalFile);

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

        // What an operator makes of a text is a class, and nearly all conversions are to something else.
        if (conversion.Type is not { TypeKind: TypeKind.Class } || conversion.OperatorMethod is not { ContainingType: { } type } method) return;
        if (KnownSymbols.Same(type, known.Media) || (method.Parameters is [{ Type.SpecialType: SpecialType.System_String }] && IsUnionWithMedia(type, known)))
            JudgeAddress(context, conversion.Operand, known);
    }

    private static void Invocation(OperationAnalysisContext context, KnownSymbols known, Lazy<FileFacts> facts)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!KnownSymbols.Same(call.TargetMethod.ContainingType, known.Media) || call.Arguments.Length == 0) return;
        var argument = call.Arguments[0].Value;
        if (call.TargetMethod.Name is "FromUrl" or "FromDataUri") JudgeAddress(context, argument, known);
        else if (call.TargetMethod.Name == "FromFile") JudgeFile(context, argument, known, facts);
    }

    private static void JudgeAddress(OperationAnalysisContext context, IOperation operand, KnownSymbols known)
    {
        // new Uri("…") says no more than its text.
        if (operand is IObjectCreationOperation { Arguments.Length: > 0 } uri && KnownSymbols.Same(uri.Type, known.Uri)) operand = uri.Arguments[0].Value;
        if (!KnownValue.TryGet(operand, out var value) || value is not string { Length: > 0 } text) return;
        if (!MediaUrl.IsValid(text))
            Report(context, ValueDescriptors.NoUrl, operand, $"{Subject(context, known)} must be an http or https URL or a data URI, not {Wording.Quote(text)}; for a local file use FalMedia.FromFile");
        else if (MediaUrl.IsDataUri(text) && text.Length > MediaUrl.MaxDataUriLength)
            Report(context, ValueDescriptors.LargeDataUri, operand, $"{Subject(context, known)} is a data URI of {Wording.Text(text.Length)} characters, which every request carries; FalMedia.FromFile and FromBytes upload it once");
    }

    private static void JudgeFile(OperationAnalysisContext context, IOperation operand, KnownSymbols known, Lazy<FileFacts> facts)
    {
        if (MemberOf(context.Operation, known) is not { File: { } limits } member || !KnownValue.TryGet(operand, out var value) || value is not string { Length: > 0 } path) return;
        if (limits.Judge(path, facts.Value) is { } problem) Report(context, ValueDescriptors.LocalFile, operand, $"'{member.WireName}' {problem}");
    }

    private static string Subject(OperationAnalysisContext context, KnownSymbols known) => MemberOf(context.Operation, known) is { } member ? "'" + member.WireName + "'" : "A medium";

    /// <summary>The member that the medium ends up in, if that can be seen from here.</summary>
    private static MemberConstraints? MemberOf(IOperation operation, KnownSymbols known)
    {
        for (var outer = operation.Parent; outer is not null and not IBlockOperation and not IAnonymousFunctionOperation; outer = outer.Parent)
        {
            if (outer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { IsIndexer: false } property } })
                return known.Constraints.Of(property) is { Shape: ValueShape.Media } member ? member : null;
        }

        return null;
    }

    private static bool IsUnionWithMedia(INamedTypeSymbol type, KnownSymbols known)
    {
        if (!KnownSymbols.Same(type.BaseType, known.Union)) return false;
        foreach (var member in type.GetMembers(WellKnownMemberNames.ImplicitConversionName))
        {
            if (member is IMethodSymbol { Parameters: [{ Type: var from }] } && KnownSymbols.Same(from, known.Media)) return true;
        }

        return false;
    }

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, IOperation place, string message)
        => context.ReportDiagnostic(Diagnostic.Create(rule, place.Syntax.GetLocation(), message));
}
