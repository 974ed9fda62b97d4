using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fal.Tests.PublicApi;

/// <summary>Types and members as one line of C# each, as near to how they were declared as reflection knows.</summary>
internal static class ApiDeclaration
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"{ApiListing.Remarks(type)}delegate {Return(invoke)} "
                + $"{ApiTypeName.Of(type)}({Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }

        var text = new StringBuilder(ApiListing.Remarks(type)).Append(Kind(type)).Append(' ').Append(ApiTypeName.Of(type));
        var bases = Bases(type).ToArray();
        if (bases.Length > 0) text.Append(" : ").AppendJoin(", ", bases);
        return text.Append(Constraints(type.GetGenericArguments())).ToString();
    }

    public static string Of(MemberInfo member) => ApiListing.Remarks(member) + member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})",
        FieldInfo field => Field(field),
        PropertyInfo property => Property(property),
        EventInfo @event => $"event {ApiTypeName.Of(@event.EventHandlerType!, Nullability.Create(@event), isWritten: false, @event)} {@event.Name}",
        MethodInfo method => Method(method),
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    private static string Kind(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        var isRecord = type.GetMethod("<Clone>$") is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "")
                + $"{(type.IsByRefLike ? "ref " : "")}{(isRecord ? "record " : "")}struct";
        var modifier = type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + (isRecord ? "record" : "class");
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum) yield break;
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) yield return ApiTypeName.Of(parent);

        // Only what this type adds, and of that only what does not follow from the rest.
        var own = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(candidate => candidate.IsVisible).ToArray();
        foreach (var name in own.Except(own.SelectMany(one => one.GetInterfaces())).Select(ApiTypeName.Of).Order(StringComparer.Ordinal))
            yield return name;
    }

    private static string Field(FieldInfo field)
    {
        var type = ApiTypeName.Of(field.FieldType, Nullability.Create(field), isWritten: false, field);
        return field.IsLiteral
            ? $"const {type} {field.Name} = {Literal(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        var shown = property.GetAccessors(nonPublic: true).Where(ApiListing.IsVisible).OrderBy(accessor => accessor == property.SetMethod).ToArray();
        var first = shown[0];
        var name = property.GetIndexParameters().Length > 0
            ? $"this[{Parameters(property.GetMethod ?? property.SetMethod!, property.GetIndexParameters().Length)}]"
            : property.Name;
        var text = new StringBuilder(Access(first)).Append(Modifiers(first));
        if (property.IsDefined(typeof(RequiredMemberAttribute), false)) text.Append("required ");
        text.Append(ApiTypeName.Of(property.PropertyType, Nullability.Create(property), isWritten: false, property)).Append(' ').Append(name)
            .Append(" {");
        foreach (var accessor in shown)
        {
            var isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
            text.Append(accessor.IsPublic || !first.IsPublic ? " " : " protected ")
                .Append(accessor == property.GetMethod ? "get;" : isInit ? "init;" : "set;");
        }

        return text.Append(" }").ToString();
    }

    private static string Method(MethodInfo method)
    {
        var name = method.Name + (method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "");
        return $"{Access(method)}{Modifiers(method)}{Return(method)} {name}({Parameters(method)}){Constraints(method.GetGenericArguments())}";
    }

    private static string Return(MethodInfo method) =>
        (method.ReturnType.IsByRef ? "ref " : "")
            + ApiTypeName.Of(method.ReturnType, Nullability.Create(method.ReturnParameter), isWritten: false, method.ReturnParameter);

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic) return method.IsAbstract ? "static abstract " : "static ";
        if (method.DeclaringType!.IsInterface) return "";
        var isReadOnly = method.DeclaringType.IsValueType && !method.DeclaringType.IsDefined(typeof(IsReadOnlyAttribute), false)
            && method.IsDefined(typeof(IsReadOnlyAttribute), false);
        if (isReadOnly) return "readonly ";
        if (method.IsAbstract) return "abstract ";
        if (method.GetBaseDefinition() != method) return method.IsFinal ? "sealed override " : "override ";
        return method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }

    private static string Parameters(MethodBase method, int? count = null)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), false);
        return string.Join(", ", method.GetParameters().Take(count ?? int.MaxValue).Select((parameter, i) =>
        {
            var modifier = (isExtension && i == 0 ? "this " : "")
                + (parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false)
                    ? "params "
                    : "")
                + (!parameter.ParameterType.IsByRef
                    ? ""
                    : parameter.IsOut ? "out " : parameter.IsDefined(typeof(IsReadOnlyAttribute), false) ? "in " : "ref ");
            var type = ApiTypeName.Of(parameter.ParameterType, Nullability.Create(parameter), isWritten: !parameter.IsOut, parameter);
            return $"{modifier}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
        }));
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.RawDefaultValue);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] parameters)
    {
        var text = new StringBuilder();
        foreach (var parameter in parameters.Where(parameter => parameter.IsGenericParameter))
        {
            var flags = parameter.GenericParameterAttributes;
            var parts = new List<string>();
            if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) parts.Add("class");
            if (flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) parts.Add("struct");
            parts.AddRange(parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(ApiTypeName.Of)
                .Order(StringComparer.Ordinal));
            if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !parts.Contains("struct")) parts.Add("new()");
            if (parts.Count > 0) text.Append(" where ").Append(parameter.Name).Append(" : ").AppendJoin(", ", parts);
        }

        return text.ToString();
    }
}
