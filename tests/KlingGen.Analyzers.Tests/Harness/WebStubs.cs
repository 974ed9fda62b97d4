namespace KlingGen.Analyzers.Tests;

/// <summary>The types of ASP.NET Core and of test libraries that the analyzers know by name, with just the members that snippets use.</summary>
internal static class WebStubs
{
    public const string Text = """
        #nullable enable
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Microsoft.AspNetCore.Http
        {
            public abstract class HttpContext { public CancellationToken RequestAborted { get; set; } public HttpRequest Request { get; } = null!; }
            public abstract class HttpRequest
            {
                public HttpContext HttpContext { get; } = null!;
                public System.Collections.Generic.IDictionary<string, string> Headers { get; } = null!;
            }
            public delegate Task RequestDelegate(HttpContext context);
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase
            {
                public Http.HttpContext HttpContext { get; } = null!;
                public Http.HttpRequest Request { get; } = null!;
            }
            public sealed class NonActionAttribute : Attribute;
        }

        namespace Microsoft.AspNetCore.Mvc.RazorPages
        {
            public abstract class PageModel { public Http.HttpContext HttpContext { get; } = null!; }
        }

        namespace Microsoft.AspNetCore.SignalR
        {
            public abstract class HubCallerContext { public CancellationToken ConnectionAborted { get; } }
            public abstract class Hub { public HubCallerContext Context { get; } = null!; }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            public interface IApplicationBuilder;
            public interface IEndpointRouteBuilder;
            public sealed class WebApplication : IApplicationBuilder, IEndpointRouteBuilder;
            public static class EndpointRouteBuilderExtensions
            {
                public static void MapGet(this IEndpointRouteBuilder routes, string pattern, Delegate handler) { }
                public static void MapPost(this IEndpointRouteBuilder routes, string pattern, Delegate handler) { }
                public static void MapPost(this IEndpointRouteBuilder routes, string pattern, Http.RequestDelegate handler) { }
            }
            public static class UseExtensions
            {
                public static void Use(this IApplicationBuilder app, Func<Http.HttpContext, Http.RequestDelegate, Task> middleware) { }
            }
            public static class RunExtensions { public static void Run(this IApplicationBuilder app, Http.RequestDelegate handler) { } }
        }

        namespace Microsoft.Extensions.Configuration
        {
            public interface IConfiguration { string? this[string key] { get; } }
        }

        namespace Microsoft.Extensions.Options
        {
            public interface IOptions<T> { T Value { get; } }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public interface IServiceCollection;
            public static class ServiceCollectionServiceExtensions
            {
                public static void AddTransient<T>(this IServiceCollection services) { }
                public static void AddTransient<T>(this IServiceCollection services, Func<IServiceProvider, T> make) { }
                public static void AddTransient(this IServiceCollection services, Type type) { }
                public static void AddScoped<T>(this IServiceCollection services) { }
                public static void AddScoped<T>(this IServiceCollection services, Func<IServiceProvider, T> make) { }
                public static void AddSingleton<T>(this IServiceCollection services) { }
                public static void AddSingleton<T>(this IServiceCollection services, Func<IServiceProvider, T> make) { }
            }
            public static class ServiceProviderServiceExtensions
            {
                public static T GetRequiredService<T>(this IServiceProvider services) => default!;
            }
        }

        namespace NSubstitute
        {
            public static class SubstituteExtensions
            {
                public static T Received<T>(this T substitute) => substitute;
                public static T DidNotReceive<T>(this T substitute) => substitute;
                public static T ReceivedWithAnyArgs<T>(this T substitute, int calls) => substitute;
            }
        }

        namespace Xunit
        {
            public static class Assert
            {
                public static Task<T> ThrowsAsync<T>(Func<Task> code) where T : Exception => throw new NotSupportedException();
                public static Task<T> ThrowsAnyAsync<T>(Func<Task> code) where T : Exception => throw new NotSupportedException();
                public static void Fail(string message) { }
            }
            public static class Record { public static Task<Exception?> ExceptionAsync(Func<Task> code) => throw new NotSupportedException(); }
            public static class Fluent
            {
                public static T Should<T>(this T subject) => subject;
                public static Task ThrowAsync<T>(this Func<Task> subject) => Task.CompletedTask;
            }
        }

        """;
}
