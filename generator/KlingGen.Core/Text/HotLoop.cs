using System.Runtime.CompilerServices;

namespace KlingGen.Text;

/// <summary>
/// Attribute of the few loops over characters that a profile of the first run shows. In the first second of a process the runtime compiles methods
/// without optimization, where such a loop takes several times as long.
/// </summary>
internal static class HotLoop
{
    /// <summary><c>MethodImplOptions.AggressiveOptimization</c>, which netstandard2.0 does not name; older runtimes ignore it.</summary>
    public const MethodImplOptions Options = (MethodImplOptions)512;
}
