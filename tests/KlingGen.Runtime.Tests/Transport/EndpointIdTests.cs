namespace Fal.Tests.Transport;

public sealed class EndpointIdTests
{
    [Theory]
    [InlineData(
        "fal-ai/kling-video/v1.6/standard/image-to-video",
        null,
        "fal-ai",
        "kling-video",
        "v1.6/standard/image-to-video",
        "fal-ai/kling-video")]
    [InlineData("acme/lumen", null, "acme", "lumen", "", "acme/lumen")]
    [InlineData("workflows/acme/lumen", "workflows", "acme", "lumen", "", "workflows/acme/lumen")]
    [InlineData("comfy/acme/lumen/v2/x", "comfy", "acme", "lumen", "v2/x", "comfy/acme/lumen")]
    [InlineData("acme/workflows/x", null, "acme", "workflows", "x", "acme/workflows")]
    [InlineData("A_b.c~d/E", null, "A_b.c~d", "E", "", "A_b.c~d/E")]
    public void An_id_is_taken_apart(string text, string? space, string owner, string alias, string path, string app)
    {
        var id = FalEndpointId.Parse(text);
        Assert.Equal((space, owner, alias, path, app), (id.Namespace, id.Owner, id.Alias, id.Path, id.App));
        Assert.Equal(text, id.ToString());
        Assert.True(FalEndpointId.TryParse(text, out var again));
        Assert.Equal(id, again);
    }

    [Theory]
    [InlineData("1234-my-app", "1234/my-app")]
    [InlineData("7-x", "7/x")]
    public void The_oldest_form_becomes_owner_and_alias(string text, string expected) => Assert.Equal(expected, FalEndpointId.Parse(text).ToString());

    public static TheoryData<string> NotIds() =>
    [
        "", " ", "acme", "acme/", "/acme/lumen", "acme//lumen", "acme/lumen/", "https://evilfal.ai/x", "//evil/x", "a/b?x=", "a/b#", "../..", "a/..",
        "a/b/..", "a/./b",
        "a/...", "a/%2e%2e/b", "a/b\nHost: evil", "a\\b/c", "a/b c", "a/b\t", "a/ä", "a/b:c", "a/b@c", "a/b;c", "a/b\0", "workflows/acme",
        "comfy/acme", "-app", "12-", "ab-app",
        "a/" + new string('b', 129), string.Concat(Enumerable.Repeat("abcdefg/", 1250)) + "x", new string('a', 10_000),
    ];

    [Theory]
    [MemberData(nameof(NotIds))]
    public void What_is_not_an_id_is_refused_with_a_reason(string text)
    {
        Assert.False(FalEndpointId.TryParse(text, out _));
        var error = Assert.Throws<ArgumentException>(() => FalEndpointId.Parse(text));
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length < 500);
    }

    [Fact]
    public void Nothing_is_not_an_id()
    {
        Assert.False(FalEndpointId.TryParse(null, out _));
        Assert.Throws<ArgumentNullException>(() => FalEndpointId.Parse(null!));
    }

    [Fact]
    public void An_address_in_place_of_an_id_is_told_apart() => Assert.Contains(
        "without a host",
        Assert.Throws<ArgumentException>(() => FalEndpointId.Parse("https://fal.run/acme/lumen")).Message,
        StringComparison.Ordinal);
}
