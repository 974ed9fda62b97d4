using System.Diagnostics.CodeAnalysis;
using Fal.Wire;
using Microsoft.Extensions.AI;

namespace Fal;

/// <summary>
/// Endpoints as parts of Microsoft.Extensions.AI. For endpoints with a document the generator emits methods of the same names that bring the
/// schema along: <c>endpoint.AsAIFunction(new() { MaxCost = 5 })</c>. There is no video interface in Microsoft.Extensions.AI: a video endpoint is a
/// function.
/// </summary>
public static class FalAIExtensions
{
    private const string Experimental = "MEAI001";

    /// <summary>
    /// A function that a chat client can call: it checks the arguments, reserves the cost, runs the endpoint and returns the result as JSON.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inputSchema">The JSON Schema of the request.</param>
    /// <param name="options">The limits; one is required.</param>
    /// <param name="summary">One sentence about the endpoint, for the description; null if there is none.</param>
    /// <typeparam name="TRequest">What the endpoint takes.</typeparam>
    /// <typeparam name="TResult">What it makes.</typeparam>
    /// <exception cref="ArgumentException">There is no limit, or the schema is no JSON object.</exception>
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
    /// An image generator over an endpoint that takes <c>prompt</c> and returns <c>images</c> or <c>image</c>. Options map to members by their wire
    /// names; one that the endpoint does not have ends in <see cref="ArgumentException"/>, and nothing is sent.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inputSchema">The JSON Schema of the request.</param>
    /// <param name="options">Options for submitting and waiting, such as <see cref="FalSubmitOptions.MaxCost"/> of each call.</param>
    /// <typeparam name="TRequest">What the endpoint takes.</typeparam>
    /// <typeparam name="TResult">What it makes.</typeparam>
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
    /// A text-to-speech client over an endpoint that takes <c>text</c> and returns <c>audio</c>. Options map to members by their wire names; one that
    /// the endpoint does not have ends in <see cref="ArgumentException"/>, and nothing is sent.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="inputSchema">The JSON Schema of the request.</param>
    /// <param name="options">Options for submitting and waiting, such as <see cref="FalSubmitOptions.MaxCost"/> of each call.</param>
    /// <typeparam name="TRequest">What the endpoint takes.</typeparam>
    /// <typeparam name="TResult">What it makes.</typeparam>
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
