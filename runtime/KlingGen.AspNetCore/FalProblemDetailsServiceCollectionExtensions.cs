using Fal;
using Fal.AspNetCore;
using Microsoft.AspNetCore.Mvc;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers error handling and JSON binding for web APIs over fal.</summary>
public static class FalProblemDetailsServiceCollectionExtensions
{
    /// <summary>
    /// Answers errors of calls to fal with problem details (see <see cref="FalProblemDetails.From"/>). The app must call
    /// <c>app.UseExceptionHandler()</c>.
    /// </summary>
    /// <param name="services">The services of the app.</param>
    public static IServiceCollection AddFalProblemDetails(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddProblemDetails().AddExceptionHandler<FalExceptionHandler>();
    }

    /// <summary>
    /// Adds model binding and JSON serialization of emitted requests and results to minimal APIs and controllers, also under
    /// Native AOT, and validates requests of controllers before an action runs. Minimal APIs validate with
    /// <c>WithFalChecks</c>.
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
