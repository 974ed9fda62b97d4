using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fal.AspNetCore;

/// <summary>The proxy's own errors, in fal's shape (<c>{"detail": …}</c>), so that every fal client can parse them.</summary>
internal static class ProxyErrors
{
    public static Task WriteAsync(HttpContext context, int status, string detail)
        => WriteAsync(context, status, json => json.WriteString("detail"u8, detail));

    public static Task WriteAsync(HttpContext context, IReadOnlyList<FalProblem> problems)
        => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, json => Write(json, problems));

    private static void Write(Utf8JsonWriter json, IReadOnlyList<FalProblem> problems)
    {
        json.WriteStartArray("detail"u8);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteStartArray("loc"u8);
            json.WriteStringValue("body"u8);
            foreach (var part in problem.Path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                if (int.TryParse(part, System.Globalization.NumberStyles.None, null, out var index)) json.WriteNumberValue(index);
                else json.WriteStringValue(part);
            }
            json.WriteEndArray();
            json.WriteString("msg"u8, problem.Message);
            json.WriteString("type"u8, problem.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = buffer.WrittenCount;
        response.Headers.CacheControl = "no-store";
        await response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
