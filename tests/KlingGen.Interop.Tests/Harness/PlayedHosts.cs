using Fal.Emulation;

namespace KlingGen.Interop.Tests.Harness;

/// <summary>Where fal's hosts are played, and the key that is known there.</summary>
/// <param name="Key">The key to send.</param>
/// <param name="Addresses">The address for each host, without a slash at its end.</param>
internal sealed record PlayedHosts(string Key, IReadOnlyDictionary<string, string> Addresses)
{
    /// <summary>The hosts that an emulator plays.</summary>
    public static PlayedHosts Of(FalEmulator fal) => new(fal.Key, new Dictionary<string, string>
    {
        ["queue.fal.run"] = Root(fal.QueueAddress),
        ["fal.run"] = Root(fal.RunAddress),
        ["rest.fal.ai"] = Root(fal.RestAddress),
    });

    private static string Root(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
