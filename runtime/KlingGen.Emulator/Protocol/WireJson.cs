using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fal.Emulation;

/// <summary>How the emulator writes JSON: as Python does, with letters of every alphabet as they are.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
