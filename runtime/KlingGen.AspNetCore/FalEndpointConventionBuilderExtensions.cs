using Fal.AspNetCore;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Conventions of routes that take emitted requests.</summary>
public static class FalEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Checks every emitted request among the arguments of a route or a group before its handler runs; one with problems is answered with 400 and
    /// validation problem details that are keyed by wire path.
    /// </summary>
    /// <param name="builder">The route or group.</param>
    public static TBuilder WithFalChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
        => builder.AddEndpointFilter(RequestChecks.FilterAsync);
}
