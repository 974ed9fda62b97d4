namespace Fal;

/// <summary>The key that a call of the platform API sends.</summary>
public enum FalPlatformKey
{
    /// <summary>The client's key.</summary>
    Api,

    /// <summary>The admin key, <see cref="FalClientOptions.AdminKey"/>.</summary>
    Admin,

    /// <summary>No key.</summary>
    None,
}
