using System.Diagnostics.CodeAnalysis;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// Adapters that expose endpoints to Microsoft.Extensions.AI. For endpoints with a document, the generator emits methods of
/// the same names that supply the schema: <c>endpoint.AsAIFunction(new() { MaxCost = 5 })</c>. Microsoft.Extensions.AI has
/// no video interface, so a video endpoint is exposed as a function.
/// </summary>
public static class FalAIExtensions
{
    private const string Experimental = "MEAI001";

    /// <summary>
    /// Creates a function that a chat client can call: it validates the arguments, reserves the cost, runs the endpoint and
    /// returns the result as JSON.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inputSchema">The JSON Schema of the request.</param>
    /// <param name="options">The limits; at least one is required.</param>
    /// <param name="summary">One sentence about the endpoint for the description; null for none.</param>
    /// <typeparam name="TRequest">The request type.</typeparam>
    /// <typeparam name="TResult">The result type.</typeparam>
    /// <exception cref="ArgumentException">There is no limit, or the schema is not a JSON object.</exception>
    public static AIFunction AsAIFunction<TRequest, TResult>(
        this FalEndpoint<TRequest, TResult> endpoint,
        [StringSyntax(StringSyntaxAttribute.Json)] string inputSchema,
        FalAIFunctionOptions options,
        string? summary = null)
        where TRequest : class, IFalObject<TRequest>
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(options);
        return new FalAIFunction<TRequest, TResult>(endpoint, inputSchema, options, summary);
    }

    /// <summary>
    /// Creates an image generator over an endpoint that takes <c>prompt</c> and returns <c>images</c> or <c>image</c>.
    /// Options map to properties by their wire names. An option that the endpoint does not have throws
    /// <see cref="ArgumentException"/>, and nothing is sent. A paid image whose download fails is returned as its URL.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inputSchema">The JSON Schema of the request.</param>
    /// <param name="options">Options for submitting and waiting, such as <see cref="FalSubmitOptions.MaxCost"/> of each call.</param>
    /// <typeparam name="TRequest">The request type.</typeparam>
    /// <typeparam name="TResult">The result type.</typeparam>
    [Experimental(Experimental)]
    public static IImageGenerator AsImageGenerator<TRequest, TResult>(
        this FalEndpoint<TRequest, TResult> endpoint,
        [StringSyntax(StringSyntaxAttribute.Json)] string inputSchema,
        FalSubmitOptions? options = null)
        where TRequest : class, IFalObject<TRequest>
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new FalImageGenerator<TRequest, TResult>(endpoint, new RequestSchema(inputSchema), options);
    }

    /// <summary>
    /// Creates a text-to-speech client over an endpoint that takes <c>text</c> and returns <c>audio</c>. Options map to
    /// properties by their wire names. An option that the endpoint does not have throws <see cref="ArgumentException"/>, and
    /// nothing is sent.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inputSchema">The JSON Schema of the request.</param>
    /// <param name="options">Options for submitting and waiting, such as <see cref="FalSubmitOptions.MaxCost"/> of each call.</param>
    /// <typeparam name="TRequest">The request type.</typeparam>
    /// <typeparam name="TResult">The result type.</typeparam>
    [Experimental(Experimental)]
    public static ITextToSpeechClient AsTextToSpeechClient<TRequest, TResult>(
        this FalEndpoint<TRequest, TResult> endpoint,
        [StringSyntax(StringSyntaxAttribute.Json)] string inputSchema,
        FalSubmitOptions? options = null)
        where TRequest : class, IFalObject<TRequest>
        where TResult : class, IFalObject<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new FalTextToSpeechClient<TRequest, TResult>(endpoint, new RequestSchema(inputSchema), options);
    }
}
