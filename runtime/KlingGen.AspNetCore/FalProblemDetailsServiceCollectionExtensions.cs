using Fal;
using Fal.AspNetCore;
using Microsoft.AspNetCore.Mvc;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers error handling and JSON binding for web APIs over fal.</summary>
public static class FalProblemDetailsServiceCollectionExtensions
{
    /// <summary>
    /// Answers errors of calls to fal with problem details (see <see cref="FalProblemDetails.From"/>). The app calls
    /// <c>app.UseExceptionHandler()</c>.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    public static IServiceCollection AddFalProblemDetails(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddProblemDetails().AddExceptionHandler<FalExceptionHandler>();
    }

    /// <summary>
    /// Lets emitted requests and results be bound and written by minimal APIs and controllers, also under Native AOT, and lets controllers check
    /// requests before an action runs. Minimal APIs check with <c>WithFalChecks</c>.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    public static IServiceCollection AddFalJson(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, FalJson.TypeInfoResolver));
        services.Configure<JsonOptions>(static options => options.JsonSerializerOptions.TypeInfoResolverChain.Insert(0, FalJson.TypeInfoResolver));
        services.Configure<MvcOptions>(static options => options.Filters.Add(new RequestChecks()));
        return services;
    }
}
