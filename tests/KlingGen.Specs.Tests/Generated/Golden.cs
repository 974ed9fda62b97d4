using System.Runtime.CompilerServices;

namespace KlingGen.Specs.Tests.Generated;

/// <summary>A reviewed text beside the tests; <c>UPDATE_GOLDENS=1</c> rewrites it.</summary>
internal static class Golden
{
    public static void Matches(string file, string text, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, file);
        if (SpecFolder.UpdateGoldens) File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is missing; UPDATE_GOLDENS=1 writes it.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
