using System;
using System.Collections.Immutable;
using KlingGen.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace KlingGen.Analyzers;

/// <summary>
/// Checks what the user's code gives to members of emitted types against their constraints and the rules over several of them. It reads symbols
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
        ValueDescriptors.ServerDefault,
        ValueDescriptors.ExcludedMember,
        ValueDescriptors.MissingMember,
        ValueDescriptors.RelatedNumbers);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();

        context.RegisterCompilationStartAction(static start =>
        {
            var facts = new Lazy<FileFacts>(() => FileFacts.Read(start.Options.AdditionalFiles, start.CancellationToken));
            start.RegisterAction((operation, known) => Check(operation, known, facts), MemberAssignments.Kinds);
        });
    }

    private static void Check(OperationAnalysisContext context, KnownSymbols known, Lazy<FileFacts> facts)
    {
        if (known.Constraints.TypeOf(MemberAssignments.TypeOf(context.Operation)) is not { } type) return;
        MemberValues? values = null;
        foreach (var part in MemberAssignments.In(context.Operation))
        {
            if (part is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment) continue;
            var member = type.Member(property);
            if (member.IsConstrained) (values ??= new MemberValues(context, known)).Check(member, assignment.Value);
            if (member.File is not null) MediaAnalyzer.CheckAssignedFile(context, assignment.Value, known, member, facts);
        }

        if (type.Rules is { } rules) CrossFieldRuleCheck.Run(context, known, rules);
    }
}
