using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KlingGen.Benchmarks;

/// <summary>
/// fal's queue and storage with fixed answers, on loopback: HTTP/1.1 on one port, TLS with HTTP/2 on the other. It costs as little as a server can,
/// and runs in a process of its own, so that what is measured is the client.
/// </summary>
internal sealed class StubServer
{
    /// <summary>The name of the child process.</summary>
    public const string Role = "serve";

    /// <summary>The argument with which no job ever ends.</summary>
    public const string Waiting = "waiting";

    /// <summary>The size of the file at <c>/file</c>.</summary>
    public const long FileBytes = 1L << 30;

    private static readonly byte[] Result =
        """{"video":{"url":"https://v3.fal.media/files/a.mp4","content_type":"video/mp4","file_name":"a.mp4","file_size":5242880}}"""u8.ToArray();

    private static readonly byte[] Stored = """{"etag":"\"a\""}"""u8.ToArray();

    private readonly byte[] _status;
    private int _open;
    private int _peak;

    private StubServer(bool isWaiting) => _status = Encoding.UTF8.GetBytes(isWaiting
        ? """{"status":"IN_QUEUE","request_id":"r","queue_position":3,"logs":null,"metrics":{}}"""
        : """{"status":"COMPLETED","request_id":"r","logs":null,"metrics":{"inference_time":1.5}}""");

    /// <summary>The child process: prints the two addresses and serves until its input ends.</summary>
    public static async Task RunAsync(string[] args)
    {
        var stub = new StubServer(args is [Waiting]);
        using var certificate = NewCertificate();
        using var host = new HostBuilder().ConfigureWebHost(web => web
            .UseKestrel(server => stub.Configure(server, certificate))
            .Configure(app => app.Run(stub.AnswerAsync))).Build();
        await host.StartAsync();
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine(string.Join(' ', addresses));
        await Console.In.ReadToEndAsync();
        await host.StopAsync(new CancellationToken(canceled: true));
    }

    private void Configure(KestrelServerOptions server, X509Certificate2 certificate)
    {
        server.Limits.MaxRequestBodySize = null;
        server.Limits.MinRequestBodyDataRate = null;
        server.Limits.MinResponseDataRate = null;
        server.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(Count);
        });
        server.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.Use(Count);
            listen.UseHttps(certificate);
        });
    }

    private ConnectionDelegate Count(ConnectionDelegate next) => async connection =>
    {
        var open = Interlocked.Increment(ref _open);
        for (var peak = _peak; open > peak; peak = _peak) Interlocked.CompareExchange(ref _peak, open, peak);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        switch (context.Request.Method)
        {
            case "GET" when path == "/peak":
                await JsonAsync(context, Encoding.UTF8.GetBytes($"{_peak}"));
                break;
            case "GET" when path == "/processor":
                await JsonAsync(context, Encoding.UTF8.GetBytes(Child.Line([Child.ProcessorMilliseconds()])));
                break;
            case "GET" when path == "/file":
                await SendFileAsync(context);
                break;
            case "GET":
                await JsonAsync(context, path.EndsWith("/status", StringComparison.Ordinal) ? _status : Result);
                break;
            default:
                await DrainAsync(context);
                await JsonAsync(context, path.StartsWith("/put", StringComparison.Ordinal) ? Stored : Announced(context, path));
                break;
        }
    }

    // The URLs of a job, or of an upload.
    private static byte[] Announced(HttpContext context, string path)
    {
        var root = $"{context.Request.Scheme}://{context.Request.Host}";
        if (path.StartsWith("/storage/", StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes($$"""{"upload_url":"{{root}}/put","file_url":"{{root}}/file"}""");
        var id = Guid.NewGuid();
        // The address of a job has the app alone: the first two segments.
        var job = $"{root}{string.Join('/', path.Split('/').Take(3))}/requests/{id}";
        return Encoding.UTF8.GetBytes($$"""
            {"status":"IN_QUEUE","request_id":"{{id}}","queue_position":0,
             "response_url":"{{job}}","status_url":"{{job}}/status","cancel_url":"{{job}}/cancel"}
            """);
    }

    private static async Task JsonAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json);
    }

    private static async Task DrainAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private static async Task SendFileAsync(HttpContext context)
    {
        context.Response.ContentType = "video/mp4";
        context.Response.ContentLength = FileBytes;
        var block = new byte[1 << 16];
        for (long sent = 0; sent < FileBytes; sent += block.Length) await context.Response.Body.WriteAsync(block);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // On Windows, TLS needs a key that was imported.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
