// What the tests use of the base library and .NET 8 does not have.
#if !NET9_0_OR_GREATER
#pragma warning disable IDE0130 // One type must be in the namespace in which the compiler looks for it.
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fal.Tests
{
    internal static class ConvertOfNet9
    {
        extension(Convert)
        {
            public static string ToHexStringLower(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
        }
    }

    internal static class JsonElementOfNet9
    {
        extension(JsonElement)
        {
            public static bool DeepEquals(JsonElement left, JsonElement right)
                => JsonNode.DeepEquals(JsonNode.Parse(left.GetRawText()), JsonNode.Parse(right.GetRawText()));
        }
    }

    internal static class X509CertificateLoader
    {
        public static X509Certificate2 LoadPkcs12(byte[] data, string? password) => new(data, password);
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Marks a parameter with <c>params</c> that is no array.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class ParamCollectionAttribute : Attribute;
}
#endif
