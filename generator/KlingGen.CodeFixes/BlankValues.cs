using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlingGen.CodeFixes;

/// <summary>Values for properties that a fix adds: they compile, and ask to be filled in.</summary>
internal static class BlankValues
{
    /// <summary>The smallest number, the first enum value, an empty string, which the check before sending refuses.</summary>
    public static string ForType(ITypeSymbol type, FixContext context, int position)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        if (EnumWords.EmittedEnum(type) is { } choice) return context.Member(choice, EnumWords.Values(choice).First().Name, position);
        return type switch
        {
            { SpecialType: SpecialType.System_String } or { Name: "FalMedia" } => "\"\"",
            { SpecialType: SpecialType.System_Boolean } => "false",
            { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double } or { Name: "Int128" } => "0",
            INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments: { Length: 1 } element }
                => "new " + context.Name(element[0], position) + "[] { }",
            INamedTypeSymbol { Name: "IReadOnlyDictionary", TypeArguments: { Length: 2 } } map => Dictionary(map, context, position),
            INamedTypeSymbol { IsRecord: true } record
                => "new() { " + string.Join(", ", Required(record).Select(member => Assignment(member, context, position))) + " }",
            _ => "default!",
        };
    }

    /// <summary>The members of a type that every initializer must assign, in the order of their declaration.</summary>
    public static IEnumerable<IPropertySymbol> Required(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            foreach (var member in part.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } property) yield return property;
            }
        }
    }

    /// <summary>The object creation or <c>with</c> expression that contains a node in its initializer, or that is the node.</summary>
    public static ExpressionSyntax? RequestAround(SyntaxNode node)
        => node.AncestorsAndSelf().FirstOrDefault(static candidate => candidate is BaseObjectCreationExpressionSyntax
            or WithExpressionSyntax) as ExpressionSyntax;

    private static string Assignment(IPropertySymbol member, FixContext context, int position)
        => Identifiers.Escape(member.Name) + " = " + ForType(member.Type, context, position);

    private static string Dictionary(INamedTypeSymbol map, FixContext context, int position)
    {
        var dictionary = context.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.Dictionary`2")!;
        return "new " + context.Name(dictionary.Construct(map.TypeArguments[0], map.TypeArguments[1]), position) + "()";
    }
}
