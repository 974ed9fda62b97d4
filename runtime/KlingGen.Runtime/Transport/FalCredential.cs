namespace Fal;

/// <summary>The key that a call sends.</summary>
internal enum FalCredential
{
    /// <summary>The client's key.</summary>
    Key,

    /// <summary>The admin key, which is sent to the platform host only.</summary>
    AdminKey,

    /// <summary>No key.</summary>
    None,
}
