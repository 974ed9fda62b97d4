using KlingGen.CodeFixes;

namespace KlingGen.Analyzers.Tests.Fixes;

public sealed class UsageFixTests
{
    private const string Key = "\"0f9c2a7e-51d3-4b86-9e07-c4a1d8b35f62:7d1e94b0c8a35f26e0b79d41c3f8a652\"";

    private const string Given = "var endpoint = new ClipClient(fal); var request = new ClipRequest { Prompt = \"x\", Title = \"x\" }; ";

    [Theory]
    [InlineData("await endpoint.RunAsync(request);", "await endpoint.RunAsync(request, cancellationToken: token);")]
    [InlineData("await endpoint.Resume(text).GetResultAsync();", "await endpoint.Resume(text).GetResultAsync(cancellationToken: token);")]
    [InlineData("await fal.Files.UploadAsync(FalMedia.FromFile(text), progress: null);", "await fal.Files.UploadAsync(FalMedia.FromFile(text), progress: null, cancellationToken: token);")]
    public Task The_token_is_passed(string before, string after) => Mend.Expect(new PassTokenFix(), "KLG204", Given + before, Given + after);

    [Fact]
    public Task All_calls_of_a_file_get_the_token() => Mend.ExpectAll(
        new PassTokenFix(), "KLG204",
        Given + "var job = await endpoint.SubmitAsync(request); await job.GetResultAsync();",
        Given + "var job = await endpoint.SubmitAsync(request, cancellationToken: token); await job.GetResultAsync(cancellationToken: token);");

    [Theory]
    [InlineData("_ = new FalClient(KEY);", "_ = new FalClient();")]
    [InlineData("_ = new FalClient(new FalClientOptions { Key = KEY });", "_ = new FalClient(new FalClientOptions { });")]
    [InlineData("_ = new FalClient(new FalClientOptions { Key = KEY, UserAgent = \"a/1\" });", "_ = new FalClient(new FalClientOptions { UserAgent = \"a/1\" });")]
    [InlineData("var options = new FalClientOptions(); options.Key = KEY; _ = options;", "var options = new FalClientOptions(); options.Key = Environment.GetEnvironmentVariable(\"FAL_KEY\"); _ = options;")]
    public Task The_key_is_left_to_the_environment(string before, string after)
        => Mend.Expect(new KeyFromEnvironmentFix(), "KLG201", before.Replace("KEY", Key, StringComparison.Ordinal), after);

    [Fact]
    public async Task A_key_that_is_put_into_the_environment_has_no_fix()
        => Assert.Empty(await Mend.Offers(new KeyFromEnvironmentFix(), "KLG201", "Environment.SetEnvironmentVariable(\"FAL_KEY\", " + Key + ");"));
}
