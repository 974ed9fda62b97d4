namespace KlingGen.Analyzers.Tests.Usage;

/// <summary>Clients that are made per call.</summary>
public sealed class KLG202Tests
{
    [Theory]
    [InlineData("foreach (var prompt in new[] { text }) { using var own = {|KLG202:new FalClient()|}; own.Endpoint(prompt); }", "round of the loop")]
    [InlineData("for (var i = 0; i < number; i++) { using var own = {|KLG202:new FalClient()|}; own.Endpoint(text); }", "round of the loop")]
    [InlineData("while (some) { using (var own = {|KLG202:new FalClient()|}) { own.Endpoint(text); } }", "round of the loop")]
    [InlineData("do { using FalClient own = {|KLG202:new()|}; own.Endpoint(text); } while (some);", "round of the loop")]
    [InlineData("while (some) { var own = {|KLG202:new FalClient()|}; own.Endpoint(text); own.Dispose(); }", "round of the loop")]
    [InlineData("while (some) { {|KLG202:new FalClient()|}.Endpoint(text); }", "round of the loop")]
    [InlineData("while (some) { using var own = {|KLG202:new FalClient(text)|}; own.Endpoint(text); }", "round of the loop")]
    [InlineData(
        "while (some) { using var own = {|KLG202:new FalClient(new FalClientOptions { UserAgent = text })|}; own.Endpoint(text); }",
        "round of the loop")]
    [InlineData(
        "Parallel.ForEach(new[] { text }, item => { using var own = {|KLG202:new FalClient()|}; own.Endpoint(item); });",
        "round of the loop")]
    [InlineData(
        "_ = new[] { text }.Select(item => { using var own = {|KLG202:new FalClient()|}; return own.Endpoint(item).EndpointId; }).ToList();",
        "element")]
    public async Task It_fires_at_the_client(string snippet, string each)
        => Assert.Equal([$"A FalClient is made for every {each}; make one, keep it, and share it"], await Analyze.Expect(snippet));

    [Theory]
    [InlineData("using var own = new FalClient(); foreach (var prompt in new[] { text }) own.Endpoint(prompt);")]
    [InlineData("foreach (var item in new[] { new FalClient() }) { item.Endpoint(text); }")]
    [InlineData("for (var own = new FalClient(); some; own.Dispose()) own.Endpoint(text);")]
    [InlineData("foreach (var key in new[] { text }) { using var own = new FalClient(key); own.Endpoint(text); }")]
    [InlineData("foreach (var key in new[] { text }) { using var own = new FalClient(new FalClientOptions { Key = key }); own.Endpoint(text); }")]
    [InlineData("var all = new List<FalClient>(); while (some) all.Add(new FalClient());")]
    [InlineData("var all = new List<FalClient>(); while (some) { var own = new FalClient(); all.Add(own); }")]
    [InlineData("FalClient? kept = null; while (some) { kept ??= new FalClient(); kept.Endpoint(text); }")]
    [InlineData("FalClient? kept = null; while (some) { kept = new FalClient(); } kept?.Dispose();")]
    [InlineData("Func<FalClient> make = () => new FalClient(); while (some) make().Endpoint(text);")]
    [InlineData("var all = new[] { text }.Select(key => new FalClient(key)).ToList(); _ = all;")]
    [InlineData("using var own = new FalClient(); own.Endpoint(text);")]
    public async Task A_near_miss_is_quiet(string snippet) => Assert.Empty(await Analyze.Expect(snippet));

    [Fact]
    public async Task It_knows_what_a_server_calls_per_request()
        => await Analyze.Expect("""
            namespace Microsoft.AspNetCore.Mvc { public abstract class ControllerBase; public sealed class NonActionAttribute : Attribute; }
            namespace Microsoft.AspNetCore.Mvc.RazorPages { public abstract class PageModel; }
            namespace Microsoft.AspNetCore.SignalR { public abstract class Hub; }
            namespace Microsoft.AspNetCore.Http { public abstract class HttpContext; }
            namespace Microsoft.Azure.Functions.Worker { public sealed class FunctionAttribute(string name) : Attribute { public string Name => name; } }
            namespace Microsoft.AspNetCore.Builder { public static class EndpointRouteBuilderExtensions { public static void MapPost(this object routes, string pattern, Delegate handler) { } } }
            namespace Mine
            {
                using Microsoft.AspNetCore.Builder;

                public class Films(FalClient shared) : Microsoft.AspNetCore.Mvc.ControllerBase
                {
                    public string Post() { using var fal = {|KLG202:new FalClient()|}; return fal.ToString(); }
                    public string PostFor(string key) { using var fal = new FalClient(key); return fal.ToString(); }
                    public string Shared() => shared.ToString();
                    [Microsoft.AspNetCore.Mvc.NonAction] public string Once() { using var fal = new FalClient(); return fal.ToString(); }
                    private string Helper() { using var fal = new FalClient(); return fal.ToString(); }
                    public string Use() => Helper();
                }

                public class Page : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
                {
                    public void OnPost() { using var fal = {|KLG202:new FalClient()|}; fal.ToString(); }
                    public void Prepare() { using var fal = new FalClient(); fal.ToString(); }
                }

                public class Chat : Microsoft.AspNetCore.SignalR.Hub { public void Say() { using var fal = {|KLG202:new FalClient()|}; fal.ToString(); } }

                public class Middleware
                {
                    public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context) { using var fal = {|KLG202:new FalClient()|}; fal.ToString(); return Task.CompletedTask; }
                    public Task InvokeAsync(string other) { using var fal = new FalClient(); fal.ToString(); return Task.CompletedTask; }
                }

                public static class Functions { [Microsoft.Azure.Functions.Worker.Function("run")] public static void Run() { using var fal = {|KLG202:new FalClient()|}; fal.ToString(); } }

                public static class Routes
                {
                    public static void Map(object app) => app.MapPost("/films", () => { using var fal = {|KLG202:new FalClient()|}; return fal.ToString(); });
                    public static void Run(Func<string> once) => once();
                    public static void Other() => Run(() => { using var fal = new FalClient(); return fal.ToString(); });
                }
            }
            """);

    [Theory]
    [InlineData("app.MapPost(\"/films\", Films.Post);", "Post")]
    [InlineData("app.MapPost(\"/films\", Mine.Films.Post);", "Post")]
    [InlineData("Film(Films.Post);", null)]
    [InlineData("app.MapPost(\"/films\", Other.Post);", null)]
    [InlineData("app.MapPost(\"/films\", Films.Make);", "Make")]
    public async Task A_handler_is_known_by_its_registration_in_another_file(string registration, string? handler)
    {
        const string Handlers = """
            using Fal;
            namespace Mine
            {
                public static class Films
                {
                    public static string Post() { using var fal = new FalClient(); return fal.ToString(); }
                    public static string Make() { using var fal = new FalClient(); return fal.ToString(); }
                }
            }
            """;
        var routes = $$"""
            using System; using Mine; using Microsoft.AspNetCore.Builder;
            namespace Microsoft.AspNetCore.Builder
            {
                public static class EndpointRouteBuilderExtensions { public static void MapPost(this object app, string path, Delegate handler) { } }
            }
            public static class Other { public static string Post() => ""; }
            public static class Routes
            {
                public static void Film(Func<string> make) => make();
                public static void Map(object app) { {{registration}} }
            }
            """;
        var found = await Analyze.Run(Handlers, Origin.Library, routes, enable: []);
        Assert.Equal(
            handler is null ? [] : [handler],
            found.Select(diagnostic => Handlers[..diagnostic.Location.SourceSpan.Start].Split("static string ")[^1].Split('(')[0]));
    }

    [Fact]
    public async Task A_type_that_only_looks_like_ours_is_not_checked()
        => await Analyze.Expect("""
            namespace Mine
            {
                sealed class FalClient : IDisposable { public void Dispose() { } public static void Loop() { while (true) { using var fal = new FalClient(); } } }
            }
            """);

    [Fact]
    public async Task Without_the_library_nothing_is_said()
        => await Analyze.Expect("""
            namespace Fal
            {
                sealed class FalClient : IDisposable { public void Dispose() { } public static void Loop() { while (true) { using var fal = new FalClient(); } } }
            }
            """, Origin.Nowhere);
}
