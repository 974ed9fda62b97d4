using System.Reflection;
using System.Runtime.Loader;

namespace KlingGen.Generator.Tests;

/// <summary>Code of a user over emitted types, compiled and loaded: what the emitted code does, not what it looks like.</summary>
internal sealed class Probe
{
    private const string Usings = "#nullable enable\nusing System;\nusing System.Linq;\nusing Fal;\nusing Fal.Acme.Lumen;\n";

    private readonly Type _type;

    private Probe(Type type) => _type = type;

    /// <param name="members">The members of a static class, which sees the namespaces <c>Fal</c> and <c>Fal.Acme.Lumen</c>.</param>
    /// <param name="files">The documents.</param>
    public static Probe Compile(string members, params SpecText[] files)
    {
        var source = Usings + "internal static class Probe\n{\n" + members + "\n}\n";
        var outcome = Driver.Run(files, sources: source).Clean();
        using var dll = new MemoryStream();
        Assert.True(outcome.Compilation.Emit(dll).Success);
        dll.Position = 0;
        return new Probe(new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(dll).GetType("Probe")!);
    }

    public object? Call(string method, params object[] arguments)
        => _type.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.Invoke(null, arguments);
}
