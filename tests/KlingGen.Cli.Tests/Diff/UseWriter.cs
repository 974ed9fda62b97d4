using System.Text;
using Microsoft.CodeAnalysis;

namespace KlingGen.Cli.Tests.Diff;

/// <summary>One way in which code uses the old types: a method of a line or two.</summary>
/// <param name="Type">The type or client that is used.</param>
/// <param name="Member">The member, value or shape; null for the type itself.</param>
/// <param name="Mentioned">The types that the method names, so that it cannot compile without them.</param>
/// <param name="Text">The method.</param>
internal sealed record Use(string Type, string? Member, IReadOnlyList<string> Mentioned, string Text);

/// <summary>
/// Writes code that uses all that was emitted, as the compiler sees it and not as the comparison does: every member of
/// a request is written, every member of a result read, every value and default named, every choice entered and left,
/// every client walked to.
/// </summary>
internal sealed class UseWriter
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly List<Use> _uses = [];
    private readonly HashSet<INamedTypeSymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _read = new(SymbolEqualityComparer.Default);
    private readonly INamespaceSymbol _root;

    private UseWriter(INamespaceSymbol root) => _root = root;

    public static IReadOnlyList<Use> Write(Compilation compilation, string rootNamespace)
    {
        var root = compilation.GlobalNamespace.GetNamespaceMembers().Single(ns => ns.Name == rootNamespace);
        var writer = new UseWriter(root);
        INamedTypeSymbol[] types = [.. Types(root)];
        foreach (var type in types)
        {
            if (EndpointOf(type) is not { } endpoint) continue;
            writer.Reach(endpoint.TypeArguments[0], writer._written);
            writer.Reach(endpoint.TypeArguments[1], writer._read);
        }

        foreach (var type in types) writer.Add(type);
        return writer._uses;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol ns)
        => ns.GetNamespaceMembers().SelectMany(Types).Concat(ns.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public));

    private static INamedTypeSymbol? EndpointOf(INamedTypeSymbol type)
        => type.BaseType is { Name: "FalEndpoint", TypeArguments.Length: 2 } endpoint ? endpoint : null;

    private void Reach(ITypeSymbol type, HashSet<INamedTypeSymbol> reached)
    {
        if (type is not INamedTypeSymbol named) return;
        foreach (var argument in named.TypeArguments) Reach(argument, reached);
        if (!IsOurs(named) || !reached.Add((INamedTypeSymbol)named.WithNullableAnnotation(NullableAnnotation.None))) return;
        foreach (var property in named.GetMembers().OfType<IPropertySymbol>().Where(property => !property.IsStatic)) Reach(property.Type, reached);
        foreach (var conversion in Conversions(named)) Reach(conversion.Parameters[0].Type, reached);
    }

    private bool IsOurs(ITypeSymbol type)
    {
        for (var ns = type.ContainingNamespace; ns is not null; ns = ns.ContainingNamespace)
        {
            if (SymbolEqualityComparer.Default.Equals(ns, _root)) return true;
        }

        return false;
    }

    private static IEnumerable<IMethodSymbol> Conversions(INamedTypeSymbol type) => type.GetMembers("op_Implicit").OfType<IMethodSymbol>();

    private void Add(INamedTypeSymbol type)
    {
        if (type.IsStatic) AddEntries(type);
        else if (type.TypeKind == TypeKind.Enum) AddEnum(type);
        else if (type.TypeKind == TypeKind.Struct) AddOpenEnum(type);
        else if (type.BaseType?.Name == "FalUnion") AddUnion(type);
        else if (EndpointOf(type) is { } endpoint)
            Method(type, null, [endpoint.TypeArguments[0], endpoint.TypeArguments[1]], $"static {Name(endpoint)} @({Name(type)} client) => client;");
        else if (type.IsRecord) AddRecord(type);
    }

    /// <summary>Walks from the client to every endpoint that can be reached.</summary>
    private void AddEntries(INamedTypeSymbol type)
    {
        foreach (var entry in type.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsExtensionMethod))
            Walk(entry.ReturnType, $"fal.{entry.Name}()");
    }

    private void Walk(ITypeSymbol node, string path)
    {
        var type = (INamedTypeSymbol)node;
        if (EndpointOf(type) is not null) Method(type, null, [], $"static {Name(type)} @(global::Fal.FalClient fal) => {path};");
        foreach (var child in type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => IsOurs(property.Type) && property.DeclaredAccessibility == Accessibility.Public))
            Walk(child.Type, path + "." + child.Name);
    }

    private void AddEnum(INamedTypeSymbol type)
    {
        foreach (var value in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
            Method(type, value.Name, [], $"static bool @({Name(type)} value) => value is {Name(type)}.@{value.Name};");
    }

    private void AddOpenEnum(INamedTypeSymbol type)
    {
        Method(type, null, [], $"static {Name(type)} @(string word) => word.Length > 0 ? word : new {Name(type)}(word);");
        foreach (var value in type.GetMembers().OfType<IPropertySymbol>().Where(property => property.IsStatic))
            Method(type, value.Name, [], $"static {Name(type)} @() => {Name(type)}.@{value.Name};");
    }

    private void AddUnion(INamedTypeSymbol type)
    {
        foreach (var conversion in Conversions(type))
        {
            var shape = conversion.Parameters[0].Type;
            if (_written.Contains(type)) Method(type, "*" + ShapeOf(type, shape), [shape], $"static {Name(type)} @({Name(shape)} value) => value;");
        }

        if (!_read.Contains(type)) return;
        foreach (var exit in type.GetMembers().OfType<IMethodSymbol>().Where(method => method.Name.StartsWith("TryGet", StringComparison.Ordinal)))
        {
            var shape = exit.Parameters[0].Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
            Method(type, exit.Name[
                "TryGet".Length..], [shape], $"static bool @({Name(type)} choice, {Name(shape)} value) => choice.{exit.Name}(out "
                    + $"{Name(shape)}{(shape.IsValueType ? "" : "?")} found);");
        }

        var match = type.GetMembers("Match").OfType<IMethodSymbol>().Single();
        var functions = match.Parameters.Select(parameter => ((INamedTypeSymbol)parameter.Type).TypeArguments[0]).ToArray();
        var parameters = string.Concat(functions.Select((shape, i) => $", global::System.Func<{Name(shape)}, int> f{i}"));
        Method(
            type,
            "*Match",
            functions,
            $"static int @({Name(type)} choice{parameters}) => choice.Match({string.Join(", ", functions.Select((_, i) => "f" + i))});");
    }

    /// <summary>The exit that gives what a conversion takes; for a list that is what the array holds.</summary>
    private static string ShapeOf(INamedTypeSymbol type, ITypeSymbol shape)
        => type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => method.Name.StartsWith("TryGet", StringComparison.Ordinal)
            && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, shape))?.Name["TryGet".Length..] ?? "";

    private void AddRecord(INamedTypeSymbol type)
    {
        IPropertySymbol[] properties = [.. Properties(type)];
        if (_written.Contains(type))
        {
            IPropertySymbol[] required = [.. properties.Where(property => property.IsRequired)];
            var parameters = string.Join(", ", required.Select((property, i) => $"{Name(property.Type)} v{i}"));
            Method(type, null, required.Select(
                property => property.Type), $"static {Name(type)} @({parameters}) => new() {{ "
                    + $"{string.Join(", ", required.Select((property, i) => $"@{property.Name} = v{i}"))} }};");
            foreach (var property in properties)
                Method(
                    type,
                    property.Name,
                    [property.Type],
                    $"static {Name(type)} @({Name(type)} request, {Name(property.Type)} value) => request with {{ @{property.Name} = value }};");
            foreach (var method in type.GetMembers("Example").OfType<IMethodSymbol>())
                Method(type, "Example()", [], $"static {Name(type)} @() => {Name(type)}.{method.Name}();");
            if (type.GetTypeMembers("Defaults").FirstOrDefault() is { } defaults) AddDefaults(type, defaults);
        }

        if (!_read.Contains(type)) return;
        foreach (var property in properties)
        {
            Method(type, property.Name, [property.Type], $"static {Name(property.Type)} @({Name(type)} result) => result.@{property.Name};");
            if (property.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
                Method(type, property.Name, [property.Type], $"static bool @({Name(type)} result) => result.@{property.Name}.HasValue;");
        }

        if (type.BaseType?.Name == "FalFile") Method(type, null, [], $"static global::Fal.FalFile @({Name(type)} result) => result;");
    }

    private void AddDefaults(INamedTypeSymbol type, INamedTypeSymbol defaults)
    {
        foreach (var constant in defaults.GetMembers().OfType<IFieldSymbol>())
            Method(
                type,
                "Defaults." + constant.Name,
                [constant.Type],
                $"static {Name(constant.Type)} @({Name(constant.Type)} value = {Name(type)}.Defaults.@{constant.Name}) => value;");
        foreach (var property in defaults.GetMembers().OfType<IPropertySymbol>())
            Method(
                type,
                "Defaults." + property.Name,
                [property.Type],
                $"static {Name(property.Type)} @() => {Name(type)}.Defaults.@{property.Name};");
    }

    /// <summary>The record's own, and those of the runtime's file below it.</summary>
    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        for (var at = type; at is { IsRecord: true }; at = at.BaseType)
        {
            foreach (var property in at.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is
                    {
                        DeclaredAccessibility: Accessibility.Public, IsStatic: false, SetMethod
                    .DeclaredAccessibility: Accessibility.Public
                    }) yield return property;
            }
        }
    }

    private static string Name(ITypeSymbol type) => type.ToDisplayString(Full);

    private void Method(INamedTypeSymbol type, string? member, IEnumerable<ITypeSymbol> mentioned, string text)
    {
        var all = new HashSet<string>(StringComparer.Ordinal) { type.Name };
        foreach (var other in mentioned) Mention(other, all);
        _uses.Add(new Use(type.Name, member, [.. all], text.Replace("@(", "Use" + _uses.Count + "(", StringComparison.Ordinal)));
    }

    private static void Mention(ITypeSymbol type, HashSet<string> all)
    {
        all.Add(type.Name);
        if (type is IArrayTypeSymbol array) Mention(array.ElementType, all);
        if (type is not INamedTypeSymbol named) return;
        foreach (var argument in named.TypeArguments) Mention(argument, all);
    }

    /// <summary>All uses as one file; each method has a line of its own, so that a line number says which.</summary>
    public static string File(string rootNamespace, IEnumerable<Use> uses)
    {
        var text = new StringBuilder("#nullable enable\nnamespace " + rootNamespace + ".Uses { static class All {\n");
        foreach (var use in uses) text.Append(use.Text).Append('\n');
        return text.Append("} }\n").ToString();
    }

    /// <summary>The line of the first use in <see cref="File"/>.</summary>
    public const int FirstLine = 2;
}
