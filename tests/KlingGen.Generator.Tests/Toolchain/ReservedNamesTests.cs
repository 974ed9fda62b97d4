using System.Reflection;
using Fal;
using Fal.Wire;
using KlingGen.Naming;

namespace KlingGen.Generator.Tests.Toolchain;

/// <summary>The list of reserved names is held to what it is there for.</summary>
public sealed class ReservedNamesTests
{
    [Fact]
    public void Every_short_name_in_emitted_code_is_reserved_as_a_type()
    {
        // A title never has type parameters, so a generic name cannot be captured by it.
        var types = Emitted.ShortNames(Invented.Outcome.Compilation).Where(type => type.Arity == 0);
        var names = types.SelectMany(Emitted.Spellings).Distinct().ToArray();
        Assert.True(names.Length > 15);
        Assert.Empty(names.Where(name => !ReservedNames.IsType(name)).Order());
    }

    [Fact]
    public void Every_public_type_of_the_runtime_is_reserved()
    {
        var types = typeof(FalClient).Assembly.GetExportedTypes().Where(type => !type.IsNested && type.Namespace is "Fal" or "Fal.Wire")
            .Select(type => type.Name.Split('`')[0])
            .ToArray();
        Assert.True(types.Length > 40);
        Assert.Empty(types.Where(name => !ReservedNames.IsType(name)).Order());
        Assert.Empty(types.Where(name => !ReservedNames.IsNamespace(name)).Order());
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(FalFile))]
    [InlineData(typeof(FalImage))]
    public void Every_member_that_an_emitted_record_inherits_is_reserved(Type type)
    {
        var members = type.GetMembers(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
            .Where(IsVisible)
            .Select(member => member.Name)
            .Where(name => !name.StartsWith("op_", StringComparison.Ordinal) && name is not (".ctor" or "Width" or "Height")
                && !name.Contains('.', StringComparison.Ordinal)
                && !name.Contains('<', StringComparison.Ordinal))
            .Where(name => !name.StartsWith("get_", StringComparison.Ordinal) && !name.StartsWith("set_", StringComparison.Ordinal))
            .Distinct()
            .ToArray();
        Assert.Contains("Equals", members);
        Assert.Empty(members.Where(name => !ReservedNames.IsMember(name) && !Schemas.FileShape.IsBaseName(name)).Order());
    }

    [Fact]
    public void Every_method_of_the_client_that_would_be_called_in_place_of_the_way_to_an_app_is_reserved()
    {
        var methods = typeof(FalClient).GetMethods(BindingFlags.Instance | BindingFlags.Public).Where(
            method => !method.IsSpecialName && method.GetParameters().All(parameter => parameter.IsOptional)).Select(method => method.Name).ToArray();
        Assert.Contains("Dispose", methods);
        Assert.Empty(methods.Where(name => !ReservedNames.IsNamespace(name)).Order());
    }

    [Fact]
    public void Every_name_before_a_dot_in_a_record_is_reserved_as_a_member()
    {
        var records = Emitted.ShortNames(Invented.Outcome.Compilation)
            .Where(type => type.IsStatic || type.TypeKind == Microsoft.CodeAnalysis.TypeKind.Enum || type.Name is "FalChecks" or "FalRawJson")
            .Select(type => type.Name);
        Assert.Empty(records.Where(name => !ReservedNames.IsMember(name)).Order());
    }

    [Theory]
    [InlineData("Prompt")]
    [InlineData("Falcon")]
    [InlineData("Special")]
    [InlineData("Action")]
    [InlineData("Video")]
    public void Ordinary_names_are_free(string name)
    {
        Assert.False(ReservedNames.IsType(name));
        Assert.False(ReservedNames.IsNamespace(name));
        Assert.False(ReservedNames.IsMember(name));
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetMethod is { } getter && (getter.IsPublic || getter.IsFamily || getter.IsFamilyOrAssembly),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => true,
    };
}
