using Fal.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Endpoint conventions for routes that take emitted requests.</summary>
public static class FalEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Validates every emitted request among the arguments of a route or a group before its handler runs. An invalid request
    /// is answered with 400 and validation problem details that are keyed by wire path.
    /// </summary>
    /// <param name="builder">The route or group.</param>
    public static TBuilder WithFalChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
        => builder.AddEndpointFilter(RequestChecks.FilterAsync);
}
