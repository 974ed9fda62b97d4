using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Fal;
using Fal.Wire;
using Microsoft.CodeAnalysis;

namespace KlingGen.Generator.Tests.Proofs;

/// <summary>Emitted code, compiled into memory and loaded.</summary>
internal sealed class LoadedCode
{
    private static readonly ConcurrentDictionary<string, Lazy<LoadedCode>> Parts = new(StringComparer.Ordinal);

    private readonly Assembly _assembly;

    public LoadedCode(IEnumerable<SpecText> documents)
    {
        var outcome = Driver.Run(documents);
        using var image = new MemoryStream();
        var emitted = outcome.Compilation.Emit(image);
        Assert.True(
            emitted.Success,
            string.Join(Environment.NewLine, emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        image.Position = 0;
        _assembly = new AssemblyLoadContext("emitted", isCollectible: true).LoadFromStream(image);
        foreach (var type in _assembly.GetTypes())
        {
            if (type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(FalEndpoint<,>)
                && type.GetField("Id") is { } id)
                Endpoints.Add(
                    (string)id.GetRawConstantValue()!,
                    (new Door(parent.GetGenericArguments()[0]), new Door(parent.GetGenericArguments()[1])));
        }
    }

    /// <summary>All genuine documents of a part together; compiled once for all tests.</summary>
    public static LoadedCode OfPart(string part) => Parts.GetOrAdd(part, static name => new(() => new LoadedCode(Corpus.Read(name)))).Value;

    /// <summary>The types of each endpoint's request and result.</summary>
    public Dictionary<string, (Door Request, Door Result)> Endpoints { get; } = new(StringComparer.Ordinal);

    public Type? Find(string fullName) => _assembly.GetType(fullName);

    /// <summary>What <c>FalJson</c> and <c>FalChecks</c> do with one type.</summary>
    public sealed class Door
    {
        private readonly Func<string, object> _read;
        private readonly Func<object, string> _write;
        private readonly Func<object, IReadOnlyList<FalProblem>> _check;

        public Door(Type type)
        {
            Type = type;
            var typed = typeof(Typed<>).MakeGenericType(type);
            _read = typed.GetMethod("Read")!.CreateDelegate<Func<string, object>>();
            _write = typed.GetMethod("Write")!.CreateDelegate<Func<object, string>>();
            _check = typed.GetMethod("Check")!.CreateDelegate<Func<object, IReadOnlyList<FalProblem>>>();
        }

        public Type Type { get; }

        public object Read(string json) => _read(json);

        public string Write(object value) => _write(value);

        public IReadOnlyList<FalProblem> Check(object value) => _check(value);
    }

    private static class Typed<T>
        where T : class, IFalObject<T>
    {
        public static object Read(string json) => FalJson.Read<T>(json);

        public static string Write(object value) => FalJson.Write((T)value);

        public static IReadOnlyList<FalProblem> Check(object value)
        {
            var checks = new FalChecks();
            ((T)value).Check(checks);
            return checks.Problems;
        }
    }
}
