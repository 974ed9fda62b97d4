using System;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>
/// Holds what the user's code gives to members of emitted types against the limits of these members. It reads symbols
/// only, so it works wherever the emitted types come from. Start reading here.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValueAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        ValueDescriptors.TextLength,
        ValueDescriptors.NumberRange,
        ValueDescriptors.TextPattern,
        ValueDescriptors.EmptyText,
        ValueDescriptors.ElementCount,
        ValueDescriptors.RepeatedElement,
        ValueDescriptors.UndefinedValue,
        ValueDescriptors.NoUrl,
        ValueDescriptors.NumberForEnum,
        ValueDescriptors.LocalFile,
        ValueDescriptors.ServerDefault);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();

        // Object initialisers, `with` and plain assignments all are assignments to a property.
        context.RegisterCompilationStartAction(static start =>
        {
            var facts = new Lazy<FileFacts>(() => FileFacts.Read(start.Options.AdditionalFiles, start.CancellationToken));
            start.RegisterAction((operation, known) => Assignment(operation, known, facts), OperationKind.SimpleAssignment);
        });
    }

    private static void Assignment(OperationAnalysisContext context, KnownSymbols known, Lazy<FileFacts> facts)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property }) return;
        if (known.Constraints.Get(property) is not { } member) return;
        if (member.IsConstrained) new MemberValue(context, known, member).Check(assignment.Value);
        if (member.File is not null) MediaAnalyzer.JudgeAssignedFile(context, assignment.Value, known, member, facts);
    }
}
