using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

/// <summary>The token is passed, and the key leaves the source.</summary>
public sealed class UsageFixTests
{
    private const string Key = "\"0f9c2a7e-51d3-4b86-9e07-c4a1d8b35f62:7d1e94b0c8a35f26e0b79d41c3f8a652\"";

    private const string Given = "var endpoint = new ClipClient(fal); var request = new ClipRequest { Prompt = \"x\", Title = \"x\" }; ";

    [Theory]
    [InlineData("await endpoint.{|KLG204:RunAsync|}(request);", "await endpoint.RunAsync(request, cancellationToken: token);")]
    [InlineData("await endpoint.Resume(text).{|KLG204:GetResultAsync|}();", "await endpoint.Resume(text).GetResultAsync(cancellationToken: token);")]
    [InlineData(
        "await fal.Files.{|KLG204:UploadAsync|}(FalMedia.FromFile(text), progress: null);",
        "await fal.Files.UploadAsync(FalMedia.FromFile(text), progress: null, cancellationToken: token);")]
    [InlineData("await endpoint.{|KLG204:RunAsync|}(\n    request\n);", "await endpoint.RunAsync(\n    request,\n    cancellationToken: token\n);")]
    [InlineData(
        "await endpoint.{|KLG204:RunAsync|}(\n    request, // as above\n    null // no options\n);",
        "await endpoint.RunAsync(\n    request, // as above\n    null,\n    cancellationToken: token // no options\n);")]
    [InlineData(
        "await endpoint.{|KLG204:RunAsync|}(\n    request).ConfigureAwait(false);",
        "await endpoint.RunAsync(\n    request,\n    cancellationToken: token).ConfigureAwait(false);")]
    [InlineData(
        "await endpoint.{|KLG204:RunAsync|}(new ClipRequest\n{\n    Prompt = \"x\", Title = \"x\",\n});",
        "await endpoint.RunAsync(new ClipRequest\n{\n    Prompt = \"x\", Title = \"x\",\n}, cancellationToken: token);")]
    [InlineData(
        "var job = await endpoint.{|KLG204:SubmitAsync|}(request); await job.{|KLG204:GetResultAsync|}();",
        "var job = await endpoint.SubmitAsync(request, cancellationToken: token); await job.GetResultAsync(cancellationToken: token);")]
    [InlineData(
        "await (await endpoint.{|KLG204:SubmitAsync|}(request)).{|KLG204:GetResultAsync|}();",
        "await (await endpoint.SubmitAsync(request, cancellationToken: token)).GetResultAsync(cancellationToken: token);")]
    public Task The_token_is_passed(string before, string after) => FixTest<PassTokenFix>.Expect(Given + before, Given + after);

    [Fact]
    public Task A_token_of_the_constructor_is_passed() => FixTest<PassTokenFix>.Expect(
        """
        class C(ClipClient endpoint, CancellationToken stop)
        {
            public bool Is => stop.IsCancellationRequested;
            public Task<ClipResult> Run(ClipRequest request) => endpoint.{|KLG204:RunAsync|}(request);
        }
        """,
        """
        class C(ClipClient endpoint, CancellationToken stop)
        {
            public bool Is => stop.IsCancellationRequested;
            public Task<ClipResult> Run(ClipRequest request) => endpoint.RunAsync(request, cancellationToken: stop);
        }
        """);

    [Theory]
    [InlineData("_ = new FalClient({|KLG201:KEY|});", "_ = new FalClient();")]
    [InlineData("_ = new FalClient(new FalClientOptions { Key = {|KLG201:KEY|} });", "_ = new FalClient(new FalClientOptions { });")]
    [InlineData(
        "_ = new FalClient(new FalClientOptions { Key = {|KLG201:KEY|}, UserAgent = \"a/1\" });",
        "_ = new FalClient(new FalClientOptions { UserAgent = \"a/1\" });")]
    [InlineData(
        "var options = new FalClientOptions(); options.Key = {|KLG201:KEY|}; _ = options;",
        "var options = new FalClientOptions(); options.Key = Environment.GetEnvironmentVariable(\"FAL_KEY\"); _ = options;")]
    [InlineData(
        "_ = new FalClient(some ? {|KLG201:KEY|} : text);",
        "_ = new FalClient(some ? Environment.GetEnvironmentVariable(\"FAL_KEY\") : text);")]
    [InlineData(
        "const string key = KEY; _ = new FalClient({|KLG201:key|});",
        "string? key = Environment.GetEnvironmentVariable(\"FAL_KEY\"); _ = new FalClient(key);")]
    [InlineData(
        "var key = KEY; _ = new FalClient({|KLG201:key|}); _ = new FalClient({|KLG201:key|});",
        "var key = Environment.GetEnvironmentVariable(\"FAL_KEY\"); _ = new FalClient(key); _ = new FalClient(key);")]
    public Task The_key_is_left_to_the_environment(string before, string after)
        => FixTest<KeyFromEnvironmentFix>.Expect(before.Replace("KEY|", Key + "|", StringComparison.Ordinal).Replace("= KEY", "= "
            + Key, StringComparison.Ordinal), after);

    [Theory]
    [InlineData("private const string Key = KEY;", "private static readonly string? Key = Environment.GetEnvironmentVariable(\"FAL_KEY\");")]
    [InlineData(
        "private static readonly string Key = KEY;",
        "private static readonly string? Key = Environment.GetEnvironmentVariable(\"FAL_KEY\");")]
    [InlineData("private static string Key => KEY;", "private static string? Key => Environment.GetEnvironmentVariable(\"FAL_KEY\");")]
    [InlineData(
        "private static string Key { get; } = KEY;",
        "private static string? Key { get; } = Environment.GetEnvironmentVariable(\"FAL_KEY\");")]
    public Task A_key_in_a_declaration_leaves_the_declaration(string before, string after)
        => FixTest<KeyFromEnvironmentFix>.Expect(
            "class C\n{\n    " + before.Replace("KEY;", Key + ";",
                StringComparison.Ordinal) + "\n    public static FalClient Make() => new({|KLG201:Key|});\n}\n",
            "class C\n{\n    " + after + "\n    public static FalClient Make() => new(Key);\n}\n");

    [Fact]
    public async Task A_key_that_is_put_into_the_environment_has_no_fix()
        => Assert.Empty(await Mend.Offers(new KeyFromEnvironmentFix(), "KLG201", "Environment.SetEnvironmentVariable(\"FAL_KEY\", " + Key + ");"));
}
