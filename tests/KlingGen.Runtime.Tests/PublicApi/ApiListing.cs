using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fal.Tests.PublicApi;

/// <summary>Everything that a user of an assembly can name, as text: one line per member, in an order that only depends on the names.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>The public types of an assembly, nested ones among them.</summary>
    public static IEnumerable<Type> Types(Assembly assembly)
        => assembly.GetTypes().Where(IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>The members of a type that others can use or override, without what the compiler adds to a record.</summary>
    public static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(member => member switch
    {
        ConstructorInfo constructor => IsVisible(constructor) && !constructor.IsStatic,
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract",
        EventInfo @event => IsVisible(@event.AddMethod!),
        MethodInfo method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            && !IsSynthesized(method),
        _ => false,
    });

    public static string Write(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        string? space = null;
        foreach (var type in types)
        {
            if (space != type.Namespace) text.Append(space is null ? "" : "\n").Append("namespace ").Append(space = type.Namespace).Append('\n');
            text.Append('\n').Append(ApiDeclaration.Of(type)).Append('\n');
            if (typeof(Delegate).IsAssignableFrom(type)) continue;
            var lines = type.IsEnum
                ? type.GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}")
                : Members(type).Select(member => (Order: Order(member), member.Name, Line: ApiDeclaration.Of(member)))
                    .OrderBy(entry => entry.Order).ThenBy(entry => entry.Name, StringComparer
                        .Ordinal).ThenBy(entry => entry.Line, StringComparer.Ordinal).Select(entry => entry.Line);
            foreach (var line in lines) text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Remarks that change how a thing may be used.</summary>
    public static string Remarks(MemberInfo member)
    {
        var text = new StringBuilder();

        // Constructors of types with required members have an attribute against old compilers, which the compiler adds.
        var isForOldCompilers = member.IsDefined(typeof(CompilerFeatureRequiredAttribute), inherit: false);
        if (!isForOldCompilers && member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete)
            text.Append("[Obsolete(\"").Append(obsolete.Message).Append("\")] ");
        if (member.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never }) text.Append("[EditorBrowsable(Never)] ");
        if (member.GetCustomAttribute<FlagsAttribute>() is not null) text.Append("[Flags] ");
        if (member.GetCustomAttribute<AttributeUsageAttribute>() is { } usage && member is Type)
            text.Append("[AttributeUsage(").Append(usage.ValidOn).Append(usage.AllowMultiple ? ", AllowMultiple)] " : ")] ");
        return text.ToString();
    }

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static bool IsSynthesized(MethodInfo method) =>
        method.Name == "<Clone>$" || (method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && method.Name != "Deconstruct");

    private static int Order(MemberInfo member) => member switch { ConstructorInfo => 0, FieldInfo => 1, PropertyInfo => 2, EventInfo => 3, _ => 4 };
}
