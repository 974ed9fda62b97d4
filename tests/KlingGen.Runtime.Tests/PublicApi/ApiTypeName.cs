using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fal.Tests.PublicApi;

/// <summary>Types as they are written in C#, with the question marks that the compiler's annotations stand for.</summary>
internal static class ApiTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>A type where nothing is known of its annotations.</summary>
    public static string Of(Type type) => Of(type, null, isWritten: false, new Queue<string?>());

    /// <summary>A type with its annotations: what may be read, or what may be written.</summary>
    public static string Of(Type type, NullabilityInfo nullability, bool isWritten, ICustomAttributeProvider place)
    {
        var names = place.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false) is [TupleElementNamesAttribute tuple]
            ? tuple.TransformNames
            : [];
        return Of(type, nullability, isWritten, new Queue<string?>(names));
    }

    private static string Of(Type type, NullabilityInfo? nullability, bool isWritten, Queue<string?> tupleNames)
    {
        if (type.IsByRef) type = type.GetElementType()!;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying, nullability, isWritten, tupleNames) + "?";

        var mark = !type.IsValueType && nullability is not null && (isWritten
            ? nullability.WriteState
            : nullability.ReadState) == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return Of(type.GetElementType()!, nullability?.ElementType, isWritten, tupleNames) + "[]" + mark;

        // A parameter that may stand for anything is nullable to reflection with and without a question mark, so neither is claimed.
        if (type.IsGenericParameter)
            return type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? type.Name + mark : type.Name;
        if (Keywords.TryGetValue(type, out var keyword)) return keyword + mark;
        if (type.Namespace == "System" && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
            return Tuple(type, nullability, isWritten, tupleNames);

        var text = new StringBuilder(type.IsNested ? Of(type.DeclaringType!) + "." : "").Append(type.Name.Split('`')[0]);
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToArray();
        if (own.Length > 0)
            text.Append('<').AppendJoin(", ", own.Select((argument, i) => Of(argument, Argument(nullability, i), isWritten, tupleNames))).Append('>');
        return text.Append(mark).ToString();
    }

    private static string Tuple(Type type, NullabilityInfo? nullability, bool isWritten, Queue<string?> tupleNames)
    {
        var elements = type.GetGenericArguments();

        // The names of a tuple's own elements come before those of tuples inside them.
        var names = elements.Select(_ => tupleNames.TryDequeue(out var name) ? name : null).ToArray();
        return "(" + string.Join(
            ", ",
            elements.Select((element, i) => $"{Of(element, Argument(nullability, i), isWritten, tupleNames)} {names[i]}".TrimEnd())) + ")";
    }

    private static NullabilityInfo? Argument(NullabilityInfo? nullability, int index) =>
        nullability is not null && index < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[index] : null;
}
