namespace Aspire.Hosting.ApplicationModel;

/// <summary>The fal emulator, <c>klinggen serve</c>, as a process on this machine.</summary>
public sealed class FalEmulatorResource : ExecutableResource
{
    /// <summary>The hosts whose URL a client configures. The media host is not one of them: fal's responses contain its URL.</summary>
    internal static readonly string[] AddressedHosts = ["Queue", "Run", "Rest", "Platform"];

    internal FalEmulatorResource(string name, string command, string workingDirectory, string key)
        : base(name, command, workingDirectory)
        => Key = key;

    /// <summary>The key that callers must send. It protects only the emulator.</summary>
    internal string Key { get; }

    /// <summary>Gets the URL of a host. The emulator listens only on the IPv4 loopback address.</summary>
    internal ReferenceExpression AddressOf(string host)
    {
        var endpoint = new EndpointReference(this, EndpointNameOf(host));
        var address = ReferenceExpression.Create($"http://{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}");
        // Only the URL of the platform API has a path: its version.
        return host == "Platform" ? ReferenceExpression.Create($"{address}/v1") : address;
    }

    internal static string EndpointNameOf(string host) => host.ToLowerInvariant();
}
