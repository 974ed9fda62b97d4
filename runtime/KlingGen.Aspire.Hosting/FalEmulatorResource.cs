namespace Aspire.Hosting.ApplicationModel;

/// <summary>The emulator of fal, <c>klinggen serve</c>, as a process on this machine.</summary>
public sealed class FalEmulatorResource : ExecutableResource
{
    /// <summary>The hosts that a client has an address for. The media host has none: fal names it in its answers.</summary>
    internal static readonly string[] AddressedHosts = ["Queue", "Run", "Rest", "Platform"];

    internal FalEmulatorResource(string name, string command, string workingDirectory, string key)
        : base(name, command, workingDirectory)
        => Key = key;

    /// <summary>The key that callers must bring. It guards nothing but the emulator.</summary>
    internal string Key { get; }

    /// <summary>The address of a host. The emulator listens on the loopback address of IPv4 alone.</summary>
    internal ReferenceExpression AddressOf(string host)
    {
        var endpoint = new EndpointReference(this, EndpointNameOf(host));
        var address = ReferenceExpression.Create($"http://{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}");
        // The platform API is the only one below a path, its version.
        return host == "Platform" ? ReferenceExpression.Create($"{address}/v1") : address;
    }

    internal static string EndpointNameOf(string host) => host.ToLowerInvariant();
}
