namespace KlingGen.Specs.Tests;

/// <summary>The guard against drift: finds an unintended edit of a spec.</summary>
public sealed class DigestTests
{
    private const string File = "digest.txt";

    [Fact]
    public void The_specs_say_what_the_reviewed_digest_says()
    {
        var digest = Digest.Write();
        if (SpecFolder.UpdateGoldens) SpecFolder.Write(File, digest);
        string[] expected = SpecFolder.Text(File).Split('\n'), actual = digest.Split('\n');
        var gone = expected.Except(actual).Select(l => "- " + l);
        var added = actual.Except(expected).Select(l => "+ " + l);
        var difference = string.Join('\n', gone.Concat(added));
        const string Advice = $"The specs no longer agree with {File}. If the change is meant, set UPDATE_GOLDENS=1 and review the difference.";
        Assert.True(difference.Length == 0, $"{Advice}\n{difference}");
        Assert.Equal(expected, actual);
    }
}
