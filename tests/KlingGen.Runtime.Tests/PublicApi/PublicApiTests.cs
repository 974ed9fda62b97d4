using System.Reflection;

namespace Fal.Tests.PublicApi;

public class PublicApiTests
{
    private static readonly Assembly Runtime = typeof(FalClient).Assembly;

    [Fact]
    public void Only_two_namespaces_are_public()
        => Assert.Equal(["Fal", "Fal.Wire"], ApiListing.Types(Runtime).Select(type => type.Namespace).Distinct().Order());

    [Fact]
    public void Every_public_member_is_used_in_a_test()
    {
        var used = UsedMembers.Of(typeof(PublicApiTests).Assembly);
        var unused = ApiListing.Types(Runtime).Where(type => !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(ApiListing.Members).Where(CanBeSeenInUse).Where(member => !Code(member).Any(used.Contains))
            .Select(DocumentationId.Of).ToArray();
        Assert.True(unused.Length == 0, $"{unused.Length} public members are used in no test:\n" + string.Join('\n', unused));
    }

    [Fact]
    public void The_listing_shows_what_callers_depend_on()
    {
        Assert.Equal(
            """
            namespace Fal.Tests.PublicApi

            abstract class ApiSample<T> : List<string>, IDisposable where T : class, IComparable<T>, new()
                protected ApiSample(string? text = "a\"b", CancellationToken token = default)
                const int Limit = 3
                static readonly string? Shared
                string this[int index] { get; protected set; }
                required IReadOnlyList<string?>? Names { get; init; }
                protected virtual int? Protected { get; }
                event EventHandler? Changed
                void Dispose()
                static TOther? Make<TOther>(Func<T?, Task<TOther?>> make, double scale = 0.5) where TOther : struct
                abstract Dictionary<string, T?> Map(in int a, ref string b, out object? c)
                [Obsolete("old")] void Old()
                override string ToString()
                [EditorBrowsable(Never)] (string Name, (int, T? Inner) Pair)[] Tuples(params (string Name, bool Given)[] fields)

            """.ReplaceLineEndings("\n"),
            ApiListing.Write([typeof(ApiSample<>)]));
    }

    // The compiler documents these itself, from the record's own parameters or not at all.
    private static bool NeedsWords(MemberInfo member) =>
        !(member is ConstructorInfo { DeclaringType: { } type } constructor && (constructor.GetParameters().Length == 0 || IsRecord(type)))
        && member.Name != "Deconstruct";

    // Constants are copied to where they are used, an override is called through what it overrides, equality and
    // enumeration through their interfaces, and an interface is used where a test implements it.
    private static bool CanBeSeenInUse(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } => false,
        PropertyInfo property => !property.GetAccessors(nonPublic: true).Any(IsOverride),
        MethodInfo { DeclaringType: { IsInterface: true } declaring } => !typeof(PublicApiTests).Assembly.GetTypes()
            .Any(type => type.GetInterfaces().Any(own => Open(own) == declaring)),
        // Implemented by derived types, called by their base.
        MethodInfo { IsAbstract: true, IsFamily: true } => false,
        MethodInfo method => !IsOverride(method) && method.Name is not ("Equals" or "Deconstruct" or "GetEnumerator"),
        ConstructorInfo constructor => NeedsWords(constructor),
        _ => true,
    };

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition() != method;

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static IEnumerable<(Module, int)> Code(MemberInfo member) => member switch
    {
        PropertyInfo property => property.GetAccessors(nonPublic: true).Select(accessor => (accessor.Module, accessor.MetadataToken)),
        EventInfo @event => [(@event.Module, @event.AddMethod!.MetadataToken)],
        _ => [(member.Module, member.MetadataToken)],
    };

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null || type.IsValueType;
}
