using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The fal.ai resource: a key, and an optional emulator that replaces fal during development.</summary>
/// <param name="name">The name of the resource and of its connection string.</param>
/// <param name="key">The secret parameter with the key.</param>
public sealed class FalResource([ResourceName] string name, ParameterResource key) : Resource(name), IResourceWithConnectionString
{
    private readonly ParameterResource _key = key ?? throw new ArgumentNullException(nameof(key));

    /// <summary>The parameter with the key, as <c>id:secret</c>. An emulator does not use it.</summary>
    public ParameterResource KeyParameter => _key;

    /// <summary>Whether the parameter was created for this resource.</summary>
    internal bool OwnsKeyParameter { get; init; }

    /// <summary>The emulator; null if fal itself is used.</summary>
    public FalEmulatorResource? Emulator { get; internal set; }

    /// <summary>Whether an emulator replaces fal.</summary>
    [MemberNotNullWhen(true, nameof(Emulator))]
    public bool IsEmulator => Emulator is not null;

    /// <summary>
    /// The connection string that <c>services.AddFal()</c> of the package KlingGen.Extensions reads: <c>Key=…</c>, and the
    /// URLs of an emulator.
    /// </summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var expression = new ReferenceExpressionBuilder();
            if (Emulator is null) expression.Append($"Key={_key}");
            else expression.Append($"Key={Emulator.Key}");
            foreach (var (name, address) in Addresses()) expression.Append($";{name}Address={address}");
            return expression.Build();
        }
    }

    /// <summary>
    /// Gets the environment variables for apps that do not read the connection string, with the resource's name as prefix.
    /// For a resource <c>fal</c> they are those that a <c>FalClient</c> reads by itself: <c>FAL_KEY</c>, and, for an
    /// emulator, <c>FAL_QUEUE_ADDRESS</c> and the variables of the other hosts.
    /// </summary>
    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties()
    {
        yield return new("Key", Emulator is null ? ReferenceExpression.Create($"{_key}") : ReferenceExpression.Create($"{Emulator.Key}"));
        foreach (var (name, address) in Addresses()) yield return new(name + "_Address", address);
    }

    private IEnumerable<(string Name, ReferenceExpression Address)> Addresses()
        => Emulator is null ? [] : FalEmulatorResource.AddressedHosts.Select(host => (host, Emulator.AddressOf(host)));
}
