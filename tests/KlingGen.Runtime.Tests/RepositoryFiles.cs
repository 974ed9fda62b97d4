namespace Fal.Tests;

/// <summary>Files of the repository that tests hold to what the code does.</summary>
internal static class RepositoryFiles
{
    /// <summary>Fails where a file says something else, or, where the environment variable UPDATE_GOLDENS is 1, writes it.</summary>
    public static void Matches(string relative, string actual)
    {
        var path = Repository.At(relative);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected == actual) return;
        var removed = expected.Split('\n').Except(actual.Split('\n')).Select(line => "- " + line.Trim());
        var added = actual.Split('\n').Except(expected.Split('\n')).Select(line => "+ " + line.Trim());
        Assert.Fail($"{relative} is not up to date. If the change is meant, run the tests with UPDATE_GOLDENS=1 and review the difference:\n{string.Join('\n', removed.Concat(added).Take(60))}");
    }
}
