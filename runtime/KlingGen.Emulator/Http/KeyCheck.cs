using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fal.Emulation;

/// <summary>Authentication by the emulator's key.</summary>
internal static class KeyCheck
{
    /// <summary>Whether the request has the key; if not, the error response has been sent.</summary>
    public static async Task<bool> PassesAsync(HttpContext context, EmulatorServices services)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Key {services.Key}"))) return true;
        await Answers.ErrorAsync(context, 401, given.Length == 0
            ? "Authentication is required: send the header 'Authorization: Key <id>:<secret>'."
            : "The key is not valid.").ConfigureAwait(false);
        return false;
    }
}
