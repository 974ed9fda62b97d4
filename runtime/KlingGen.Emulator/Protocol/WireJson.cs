using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fal.Emulation;

/// <summary>JSON options of the emulator's responses: like Python, without escapes for non-ASCII letters.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
