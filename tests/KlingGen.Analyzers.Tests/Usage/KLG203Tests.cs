namespace KlingGen.Analyzers.Tests.Usage;

/// <summary>Jobs that are submitted and dropped.</summary>
public sealed class KLG203Tests
{
    [Theory]
    [InlineData("await {|KLG203:endpoint.SubmitAsync(request, null, token)|};")]
    [InlineData("await {|KLG203:endpoint.SubmitAsync(request, null, token)|}.ConfigureAwait(false);")]
    [InlineData("{|KLG203:endpoint.SubmitAsync(request, null, token)|}.Wait();")]
    [InlineData("{|KLG203:endpoint.SubmitAsync(request, null, token)|}.GetAwaiter().GetResult();")]
    [InlineData("await {|KLG203:endpoint.SubmitAsync(request, new FalSubmitOptions { Priority = FalPriority.Low }, token)|};")]
    [InlineData("await {|KLG203:endpoint.SubmitAsync(request, new(), token)|};")]
    [InlineData("await {|KLG203:endpoint.SubmitAsync(request, default, token)|};")]
    [InlineData("var job = await {|KLG203:endpoint.SubmitAsync(request, null, token)|};")]
    [InlineData("var task = {|KLG203:endpoint.SubmitAsync(request, null, token)|};")]
    [InlineData("Action submit = () => {|KLG203:endpoint.SubmitAsync(request, null, token)|}; submit();")]
    [InlineData("await (some ? {|KLG203:endpoint.SubmitAsync(request, null, token)|} : {|KLG203:endpoint.SubmitAsync(request with { Title = text "
        + "}, null, token)|});")]
    [InlineData("await {|KLG203:fal.Endpoint(text).SubmitAsync(default(System.Text.Json.JsonElement), null, token)|};")]
    public async Task It_fires_at_the_submit(string statement) => await Analyze.Expect(Given + statement);

    [Theory]
    [InlineData("_ = await endpoint.SubmitAsync(request, null, token);")]
    [InlineData("var job = await endpoint.SubmitAsync(request, null, token); Console.WriteLine(job.RequestId);")]
    [InlineData("var job = await endpoint.SubmitAsync(request, null, token); Action later = () => Console.WriteLine(job);")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(endpoint.SubmitAsync(request, null, token));")]
    [InlineData("Func<Task> submit = () => endpoint.SubmitAsync(request, null, token); await submit();")]
    [InlineData("Console.WriteLine((await endpoint.SubmitAsync(request, null, token)).RequestId);")]
    [InlineData("await endpoint.SubmitAsync(request, new FalSubmitOptions { Webhook = new Uri(text) }, token);")]
    [InlineData("var options = new FalSubmitOptions(); await endpoint.SubmitAsync(request, options, token);")]
    [InlineData("var options = new FalSubmitOptions(); await endpoint.SubmitAsync(request, options with { Priority = FalPriority.Low }, token);")]
    [InlineData("await endpoint.RunAsync(request, null, token);")]
    public async Task A_near_miss_is_quiet(string statement) => Assert.Empty(await Analyze.Expect(Given + statement));

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Mine
            {
                class FalEndpoint { public Task<string> SubmitAsync(string request) => Task.FromResult(request); public async Task Run() => await SubmitAsync("x"); }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal
            {
                class FalEndpoint { public Task<string> SubmitAsync(string request) => Task.FromResult(request); public async Task Run() => await SubmitAsync("x"); }
            }
            """, Origin.Nowhere);

    private const string Given = """var endpoint = new ClipClient(fal); var request = new ClipRequest { Prompt = "x", Title = "x" }; """;
}
