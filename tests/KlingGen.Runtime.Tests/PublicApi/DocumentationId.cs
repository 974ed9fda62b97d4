using System.Reflection;
using System.Text;

namespace Fal.Tests.PublicApi;

/// <summary>The names under which the compiler files documentation: <c>M:Fal.FalClient.#ctor(System.String)</c>.</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Name(type),
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        EventInfo @event => $"E:{Name(@event.DeclaringType!)}.{@event.Name}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}"
            + $"{(method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "")}{Parameters(method.GetParameters())}"
            + (method.Name is "op_Implicit" or "op_Explicit" ? "~" + Reference(method.ReturnType) : ""),
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Parameters(ParameterInfo[] parameters)
        => parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Reference(Type type)
    {
        if (type.IsByRef) return Reference(type.GetElementType()!) + "@";
        if (type.IsArray) return Reference(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter) return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType) return Name(type);

        // Arguments stand at the part of the name that takes them, in braces instead of the number after the backtick.
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var text = new StringBuilder();
        foreach (var part in Name(type).Split('.'))
        {
            if (text.Length > 0) text.Append('.');
            var tick = part.IndexOf('`', StringComparison.Ordinal);
            text.Append(tick < 0 ? part : part[..tick]);
            if (tick < 0) continue;
            var count = int.Parse(part.AsSpan(tick + 1), provider: System.Globalization.CultureInfo.InvariantCulture);
            text.Append('{').AppendJoin(",", Enumerable.Range(0, count).Select(_ => Reference(arguments.Dequeue()))).Append('}');
        }

        return text.ToString();
    }
}
