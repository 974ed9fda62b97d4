using System.Text;
using System.Text.Json;
using Fal.Tests.Harness;

namespace Fal.Tests.Transport;

public sealed class KeyTests : CanaryTest
{
    private const string Key = CanaryGuard.Key;

    public static TheoryData<string?, string?, string?, string?, string> Sources() => new()
    {
        { null, "e:1", "i", "s", "e:1" },
        { null, null, "i", "s", "i:s" },
        { null, "", "i", "s", "i:s" },
        { null, "  ", "i", "s", "i:s" },
        { "g:1", null, null, null, "g:1" },
        { "g:1", "e:1", "i", "s", "g:1" },
        { "", "e:1", null, null, "e:1" },
        { " g:1\n", null, null, null, "g:1" },
        { "\"g:1\"", null, null, null, "g:1" },
        { "' g:1 '", null, null, null, "g:1" },
        { null, "e:1\r\n", null, null, "e:1" },
        { null, null, " i\n", "s\n", "i:s" },
        { "g:a:b", null, null, null, "g:a:b" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_key_is_the_given_one_or_the_environments(string? given, string? key, string? id, string? secret, string expected)
        => Assert.Equal("Key " + expected, FalKey.Find(given, Environment(key, id, secret)).Header);

    public static TheoryData<string?, string?, string?, string?, string> Faults() => new()
    {
        { null, null, null, null, "There is no fal key" },
        { "", " ", "", "", "There is no fal key" },
        { null, null, "canary-id", null, "FAL_KEY_SECRET is not" },
        { null, null, null, "canary-secret", "FAL_KEY_ID is not" },
        { "canary-secret", null, null, null, "FalClientOptions.Key is not a whole key" },
        { null, "canary-secret", null, null, "FAL_KEY is not a whole key" },
        { null, ":canary-secret", null, null, "FAL_KEY is not a whole key" },
        { null, "canary-secret:", null, null, "FAL_KEY is not a whole key" },
        { null, "Key " + Key, null, null, "FAL_KEY holds a character" },
        { Key + "\r\nX-Evil: 1", null, null, null, "FalClientOptions.Key holds a character" },
        { Key + "\0", null, null, null, "holds a character" },
        { Key + "ä", null, null, null, "holds a character" },
        { null, null, "canary id", "canary-secret", "FAL_KEY_ID and FAL_KEY_SECRET form together holds" },
        { Key + new string('x', 2000), null, null, null, "longer than any key" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_missing_or_malformed_key_is_named_and_never_shown(string? given, string? key, string? id, string? secret, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => new FalClient(new FalClientOptions { Key = given }, Environment(key, id, secret)));
        Canary.Watch(error);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        if (expected.StartsWith("There", StringComparison.Ordinal)) Assert.Contains("FAL_KEY", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_prints_shows_the_key()
    {
        var options = new FalClientOptions { Key = Key };
        using var client = new FalClient(options, _ => null);
        Canary.Watch("options", options.ToString());
        Canary.Watch("client", client.ToString());
        Canary.Watch("key", FalKey.Find(Key, _ => null).ToString());
        Canary.Watch("options as JSON", JsonSerializer.Serialize(options));
        Canary.Watch("client as JSON", JsonSerializer.Serialize(client));
        Canary.Watch("kept options", client.Options.Key);
        Assert.Contains("queue.fal.run", client.ToString(), StringComparison.Ordinal);
        Assert.Contains("key set", options.ToString(), StringComparison.Ordinal);
        Assert.Contains("from the environment", new FalClientOptions().ToString(), StringComparison.Ordinal);
        Assert.Equal(Key, options.Key);
    }

    [Fact]
    public void The_debugger_sees_no_member_that_holds_the_key()
    {
        foreach (var type in new[] { typeof(FalKey), typeof(KeyRedactor), typeof(FalClientOptions), typeof(FalClient) })
            Assert.Contains(type.GetCustomAttributes(false), attribute => attribute is System.Diagnostics.DebuggerDisplayAttribute);
        foreach (var field in typeof(FalKey).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic))
            if (field.FieldType != typeof(KeyRedactor))
                Assert.Contains(field.GetCustomAttributes(false), a => a is System.Diagnostics.DebuggerBrowsableAttribute);
    }

    public static TheoryData<string> Echoes()
    {
        var bytes = Encoding.UTF8.GetBytes(Key);
        return
        [
            Key, "Key " + Key, "canary-secret", "CANARY-SECRET", Uri.EscapeDataString(Key), Convert.ToBase64String(bytes), Convert.ToBase64String(
                Encoding.UTF8.GetBytes("Key " + Key)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Key + "yy")), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), string
                .Concat(bytes.Select(b => $"%{b:x2}")),
        ];
    }

    [Theory]
    [MemberData(nameof(Echoes))]
    public void A_text_is_cleaned_of_every_form_of_the_key(string echo)
    {
        var redactor = new KeyRedactor(Key);
        Assert.True(redactor.Finds($"before {echo} after"));
        var clean = redactor.Clean($"before {echo} after");
        Canary.Watch("cleaned", clean);
        Assert.StartsWith("before ", clean, StringComparison.Ordinal);
        Assert.EndsWith(" after", clean, StringComparison.Ordinal);
        Canary.Watch(redactor.Clean(new IOException($"a {echo} b", new IOException(echo))));
    }

    [Fact]
    public void A_clean_text_and_a_clean_exception_stay_as_they_are()
    {
        var redactor = new KeyRedactor(Key);
        var exception = new IOException("reset");
        Assert.Same(exception, redactor.Clean(exception));
        Assert.Equal("nothing to hide", redactor.Clean("nothing to hide"));
        Assert.False(redactor.Finds("nothing to hide"));
        Assert.Equal("ordinary words stay", new KeyRedactor("id:a").Clean("ordinary words stay"));
    }

    [Fact]
    public void The_real_environment_is_read()
    {
        // The only test that touches the process: by a variable that nothing else in the suite reads.
        using var client = new FalClient(Key);
        Assert.Contains("queue.fal.run", client.ToString(), StringComparison.Ordinal);
        var before = System.Environment.GetEnvironmentVariable("FAL_KEY");
        try
        {
            System.Environment.SetEnvironmentVariable("FAL_KEY", Key);
            using var fromEnvironment = new FalClient();
            Assert.Equal("FalClient (queue.fal.run)", fromEnvironment.ToString());
        }
        finally
        {
            System.Environment.SetEnvironmentVariable("FAL_KEY", before);
        }
    }

    private static Func<string, string?> Environment(string? key, string? id, string? secret) => name => name switch
    {
        "FAL_KEY" => key,
        "FAL_KEY_ID" => id,
        "FAL_KEY_SECRET" => secret,
        _ => throw new InvalidOperationException(name),
    };
}
