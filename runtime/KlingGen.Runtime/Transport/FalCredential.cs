namespace Fal;

/// <summary>The key that a call carries.</summary>
internal enum FalCredential
{
    /// <summary>The client's key.</summary>
    Key,

    /// <summary>The admin key, which goes to the platform host alone.</summary>
    AdminKey,

    /// <summary>No key.</summary>
    None,
}
