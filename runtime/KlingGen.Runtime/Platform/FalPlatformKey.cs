namespace Fal;

/// <summary>The key that a call of the platform API carries.</summary>
public enum FalPlatformKey
{
    /// <summary>The client's key.</summary>
    Api,

    /// <summary>The admin key, <see cref="FalClientOptions.AdminKey"/>.</summary>
    Admin,

    /// <summary>None.</summary>
    None,
}
