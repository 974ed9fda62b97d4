using System.Net;
using System.Text;

namespace KlingGen.AotSmoke;

/// <summary>Answers every request with a key set.</summary>
internal sealed class KeySetHandler(string jwks) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(jwks, Encoding.UTF8, "application/json"),
        });
}
