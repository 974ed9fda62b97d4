namespace KlingGen.Analyzers.Tests.Usage;

/// <summary>Keys in source.</summary>
public sealed class KLG201Tests
{
    /// <summary>Made up, in the shape of fal's keys.</summary>
    private const string Key = "\"0f9c2a7e-51d3-4b86-9e07-c4a1d8b35f62:7d1e94b0c8a35f26e0b79d41c3f8a652\"";

    [Theory]
    [InlineData("_ = new FalClient({|KLG201:THEKEY|});")]
    [InlineData("_ = new FalClient(key: {|KLG201:THEKEY|});")]
    [InlineData("const string key = THEKEY; _ = new FalClient({|KLG201:key|});")]
    [InlineData("var key = THEKEY; _ = new FalClient({|KLG201:key|});")]
    [InlineData("_ = new FalClient({|KLG201:\" \" + THEKEY|});")]
    [InlineData("_ = new FalClient(new FalClientOptions { Key = {|KLG201:THEKEY|} });")]
    [InlineData("var options = new FalClientOptions(); options.Key = {|KLG201:THEKEY|}; _ = options;")]
    [InlineData("var options = new FalClientOptions(); options.Key ??= {|KLG201:THEKEY|}; _ = options;")]
    [InlineData("var a = new FalClientOptions(); var b = new FalClientOptions(); a.Key = b.Key = {|KLG201:THEKEY|}; _ = a;")]
    [InlineData("var options = new FalClientOptions(); Console.WriteLine(options.Key = {|KLG201:THEKEY|});")]
    [InlineData("var options = new FalClientOptions(); Console.WriteLine(options.Key ??= {|KLG201:THEKEY|});")]
    [InlineData("var options = new FalClientOptions(); _ = new FalClient(options.Key = {|KLG201:THEKEY|});")]
    [InlineData("Action<FalClientOptions> configure = options => options.Key = {|KLG201:THEKEY|}; _ = configure;")]
    [InlineData("_ = new { Options = new FalClientOptions { Uploads = { }, Key = {|KLG201:THEKEY|} } };")]
    [InlineData("_ = new FalClientOptions { Key = Environment.GetEnvironmentVariable(\"MY_KEY\") ?? {|KLG201:THEKEY|} };")]
    [InlineData("_ = new FalClientOptions { Key = some ? text : {|KLG201:THEKEY|} };")]
    [InlineData("Environment.SetEnvironmentVariable(\"FAL_KEY\", {|KLG201:THEKEY|});")]
    [InlineData("_ = new FalClient({|KLG201:\"3fk29XqLm0Zt8VwY:b7Qz1-x9Kp4_Ld8Rw2Ty6\"|});")]
    public async Task It_fires_at_the_key_and_does_not_repeat_it(string snippet)
        => Assert.DoesNotContain(
            "7d1e94b0",
            Assert.Single(await Analyze.Expect(snippet.Replace("THEKEY", Key, StringComparison.Ordinal))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("_ = new FalClient();")]
    [InlineData("_ = new FalClient(text);")]
    [InlineData("_ = new FalClient(\"id:secret\");")]
    [InlineData("_ = new FalClient(\"test-key-id:test-key-secret\");")]
    [InlineData("_ = new FalClient(\"00000000-0000-0000-0000-000000000000:00000000000000000000000000000000\");")]
    [InlineData("_ = new FalClient(Environment.GetEnvironmentVariable(\"MY_KEY\"));")]
    [InlineData("_ = new FalClientOptions { Key = null };")]
    [InlineData("_ = new FalClientOptions { UserAgent = \"my-app/1.2\" };")]
    [InlineData("_ = new Uri(THEKEY);")]
    [InlineData("Environment.SetEnvironmentVariable(\"OTHER_KEY\", THEKEY);")]
    [InlineData("_ = FalMedia.FromUrl(\"https://example.com:8443/files/0f9c2a7e51d34b869e07c4a1d8b35f62.png\");")]
    public async Task A_near_miss_is_quiet(string snippet)
        => Assert.Empty(await Analyze.Expect(snippet.Replace("THEKEY", Key, StringComparison.Ordinal)));

    [Fact]
    public async Task It_reads_the_initializer_of_a_member()
        => await Analyze.Expect($$"""
            class Settings { public FalClientOptions Fal { get; } = new(); }
            class Maker { public Settings Make() => new() { Fal = { Key = {|KLG201:{{Key}}|} } }; }
            """);

    [Fact]
    public async Task It_follows_a_field_to_what_it_is_declared_with()
        => await Analyze.Expect($$"""
            class Clients
            {
                private const string Constant = {{Key}};
                private static readonly string Fixed = {{Key}};
                private readonly string _given = Environment.MachineName;

                public FalClient First() => new({|KLG201:Constant|});
                public FalClient Second() => new({|KLG201:Fixed|});
                public FalClient Third() => new(_given);
            }
            """);

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect($$"""
            namespace Mine
            {
                class FalClientOptions { public string? Key { get; set; } }
                class FalClient(string? key)
                {
                    public string? Key => key;
                    public FalClientOptions Make() => new() { Key = {{Key}} };
                    public FalClient Other() => new({{Key}});
                }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect($$"""
            namespace Fal
            {
                class FalClient(string? key) { public string? Key => key; public FalClient Other() => new({{Key}}); }
            }
            """, Origin.Nowhere);
}
