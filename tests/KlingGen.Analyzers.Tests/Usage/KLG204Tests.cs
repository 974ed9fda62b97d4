namespace KlingGen.Analyzers.Tests.Usage;

/// <summary>Tokens that are in scope and not passed.</summary>
public sealed class KLG204Tests
{
    [Theory]
    [InlineData("await endpoint.{|KLG204:RunAsync|}(request);")]
    [InlineData("await endpoint.{|KLG204:RunAsync|}(request, new FalSubmitOptions());")]
    [InlineData("await endpoint.{|KLG204:RunDirectAsync|}(request).ConfigureAwait(false);")]
    [InlineData("var job = await endpoint.{|KLG204:SubmitAsync|}(request); await job.{|KLG204:GetResultAsync|}();")]
    [InlineData("await endpoint.Resume(text).{|KLG204:WaitAsync|}(new FalWaitOptions());")]
    [InlineData("await endpoint.Resume(text).{|KLG204:GetStatusAsync|}(logs: true);")]
    [InlineData("await foreach (var update in endpoint.Resume(text).{|KLG204:WatchAsync|}()) Console.WriteLine(update);")]
    [InlineData("await new FalFile { Url = text }.{|KLG204:SaveAsync|}(\"a.mp4\");")]
    [InlineData("await fal.Files.{|KLG204:UploadAsync|}(FalMedia.FromFile(text));")]
    [InlineData("async Task<int> Local() { await endpoint.{|KLG204:RunAsync|}(request); return 1; } await Local();")]
    [InlineData("Func<Task> inner = async () => await endpoint.{|KLG204:RunAsync|}(request); await inner();")]
    [InlineData("Func<CancellationToken, Task> inner = async stop => await endpoint.{|KLG204:RunAsync|}(request); await inner(token);")]
    [InlineData("try { await endpoint.{|KLG204:RunAsync|}(request); } catch (FalException) { }")]
    public async Task It_fires_at_the_name_of_the_method(string statement) => await Analyze.Expect(Given + statement);

    [Theory]
    [InlineData("await endpoint.RunAsync(request, null, token);")]
    [InlineData("await endpoint.RunAsync(request, cancellationToken: token);")]
    [InlineData("await endpoint.RunAsync(request, null, CancellationToken.None);")]
    [InlineData("await endpoint.RunAsync(request, null, default);")]
    [InlineData("await endpoint.RunAsync(request, null, new CancellationTokenSource().Token);")]
    [InlineData("await endpoint.Resume(text).CancelAsync();")]
    [InlineData("await foreach (var update in endpoint.Resume(text).WatchAsync().WithCancellation(token)) Console.WriteLine(update);")]
    [InlineData("try { await Task.Yield(); } catch (FalException) { await endpoint.Resume(text).WaitAsync(); }")]
    [InlineData("try { await Task.Yield(); } finally { await endpoint.Resume(text).WaitAsync(); }")]
    [InlineData("static async Task<ClipResult> Local(ClipClient endpoint, ClipRequest request) => await endpoint.RunAsync(request); await "
        + "Local(endpoint, request);")]
    [InlineData(
        "Func<CancellationToken, CancellationToken, Task> inner = async (one, two) => await endpoint.RunAsync(request); await inner(token, token);")]
    [InlineData("endpoint.Check(request);")]
    public async Task A_near_miss_is_quiet(string statement) => Assert.Empty(await Analyze.Expect(Given + statement));

    [Fact]
    public async Task The_message_names_the_token_and_the_call()
        => Assert.Equal(
            ["'token' is in scope: pass it to 'RunAsync', or pass CancellationToken.None to wait whatever the caller does"],
            await Analyze.Expect(Given + "await endpoint.{|KLG204:RunAsync|}(request);"));

    [Fact]
    public async Task Only_parameters_are_in_scope()
        => await Analyze.Expect("""
            class Films(ClipClient endpoint)
            {
                private readonly CancellationTokenSource _stop = new();
                public Task<ClipResult> Without(ClipRequest request) => endpoint.RunAsync(request);
                public Task<ClipResult> Field(ClipRequest request) { _ = _stop.Token; return endpoint.RunAsync(request); }
                public Task<ClipResult> Two(ClipRequest request, CancellationToken first, CancellationToken second) => endpoint.RunAsync(request);
                public Task<ClipResult> One(ClipRequest request, CancellationToken cancellationToken) => endpoint.{|KLG204:RunAsync|}(request);
                public Task<string> Other(CancellationToken cancellationToken) => File.ReadAllTextAsync("a.txt");
            }
            """);

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Mine
            {
                class FalEndpoint { public Task RunAsync(CancellationToken cancellationToken = default) => Task.Delay(1, cancellationToken); public Task Run(CancellationToken token) => RunAsync(); }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal
            {
                class FalEndpoint { public Task RunAsync(CancellationToken cancellationToken = default) => Task.Delay(1, cancellationToken); public Task Run(CancellationToken token) => RunAsync(); }
            }
            """, Origin.Nowhere);

    private const string Given = """var endpoint = new ClipClient(fal); var request = new ClipRequest { Prompt = "x", Title = "x" }; """;
}
