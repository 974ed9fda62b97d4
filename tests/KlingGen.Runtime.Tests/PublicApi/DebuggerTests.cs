using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fal.Tests.PublicApi;

public class DebuggerTests
{
    /// <summary>
    /// A debugger calls <c>ToString</c> by itself only where it is set to; and a key must not show there either, which
    /// the tests of each <c>ToString</c> see to.
    /// </summary>
    [Fact]
    public void What_says_itself_in_words_says_the_same_in_the_debugger()
    {
        var types = ApiListing.Types(typeof(FalClient).Assembly).Where(type => !typeof(Exception).IsAssignableFrom(type)).Where(SaysItself).ToArray();
        Assert.True(types.Length > 15);
        Assert.All(types, type => Assert.Equal("{ToString(),nq}", type.GetCustomAttribute<DebuggerDisplayAttribute>(inherit: false)?.Value));
    }

    private static bool SaysItself(Type type)
        => type.GetMethod(nameof(ToString), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, []) is { } method
            && !method.IsDefined(typeof(CompilerGeneratedAttribute));
}
