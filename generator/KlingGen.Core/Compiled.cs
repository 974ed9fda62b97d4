using System.Runtime.CompilerServices;

namespace KlingGen;

/// <summary>
/// For the loops over characters, and the small steps that everything takes. A compiler that is started for one build runs most of our code a few times and these a million times: left to
/// itself, the runtime first compiles them without optimising, counts their turns, and compiles them again when the build is nearly over.
/// </summary>
internal static class Compiled
{
    /// <summary><c>MethodImplOptions.AggressiveOptimization</c>, which netstandard2.0 has no name for; a runtime that does not know it ignores it.</summary>
    public const MethodImplOptions Fully = (MethodImplOptions)512;
}
