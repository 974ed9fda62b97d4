using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using KlingGen.Json;
using KlingGen.Model;

namespace KlingGen.Generator.Tests.Model;

/// <summary>
/// Walks every type that a value of a step can hold, and says what would break comparing by value: a compiler's object, a JSON node, a list that can
/// change, a type that compares by reference, a member that can be set later.
/// </summary>
internal sealed class ModelRule
{
    private readonly HashSet<Type> _seen = [];
    private readonly List<string> _faults = [];

    public IReadOnlyCollection<Type> Seen => _seen;

    public IReadOnlyList<string> Faults => _faults;

    public static ModelRule Of(params Type[] roots)
    {
        var rule = new ModelRule();
        foreach (var root in roots) rule.Visit(root, root.Name);
        return rule;
    }

    private void Visit(Type type, string path)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) type = inner;
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || !_seen.Add(type)) return;
        if (FaultOf(type) is { } fault)
        {
            _faults.Add(path + ": " + type.Name + " " + fault);
            return;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            Visit(type.GetGenericArguments()[0], path + "[]");
            return;
        }

        if (!ComparesByValue(type)) _faults.Add(path + ": " + type.Name + " compares by reference");
        for (var part = type; part is not null && part != typeof(object) && part != typeof(ValueType); part = part.BaseType)
        {
            foreach (var field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                VisitField(field, path);
            foreach (var property in part.GetProperties(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (property.SetMethod is { } setter
                    && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit"))
                    _faults.Add(path + "." + property.Name + " can be set after the value was made");
            }
        }

        foreach (var derived in type.Assembly.GetTypes().Where(other => other != type && type.IsAssignableFrom(other)))
            Visit(derived, path + "→" + derived.Name);
    }

    private void VisitField(FieldInfo field, string path)
    {
        var isBacking = field.IsDefined(typeof(CompilerGeneratedAttribute));
        var name = isBacking ? field.Name.Split('<', '>')[1] : field.Name;
        if (!field.IsInitOnly && !isBacking) _faults.Add(path + "." + name + " is a field that can change");
        Visit(field.FieldType, path + "." + name);
    }

    private static string? FaultOf(Type type)
    {
        if (type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
            && type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            return "belongs to the compiler";
        if (type == typeof(SpecNode) || type == typeof(JsonMember)) return "is part of a JSON text, positions and all";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>)) return null;
        if (typeof(IEnumerable).IsAssignableFrom(type)) return "is a list that compares by reference or can change";
        if (typeof(Delegate).IsAssignableFrom(type)) return "is a function";
        return type == typeof(object) || type.IsInterface ? "can be anything" : null;
    }

    private static bool ComparesByValue(Type type)
        => type.GetMethod(nameof(Equals), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, [typeof(object)]) is not null
            && type.GetMethod(nameof(GetHashCode), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, []) is not null;
}
