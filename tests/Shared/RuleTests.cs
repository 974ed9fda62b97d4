using System.Reflection;

namespace KlingGen.Testing;

/// <summary>The convention that the tests of diagnostic KLG001 are in a class KLG001Tests.</summary>
internal static class RuleTests
{
    /// <summary>Fails for ids without a class, and for classes with fewer than two tests: one that fires and one near miss.</summary>
    public static void AssertExist(Assembly tests, IEnumerable<string> ids)
    {
        var counts = tests.GetTypes().ToLookup(type => type.Name, type => type.GetMethods().Count(method => method.IsDefined(typeof(FactAttribute))));
        Assert.All(ids, id => Assert.True(counts[id + "Tests"].Sum() >= 2, $"{id}Tests has fewer than two tests."));
    }
}
