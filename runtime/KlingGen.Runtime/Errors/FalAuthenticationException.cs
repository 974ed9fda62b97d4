namespace Fal;

/// <summary>fal rejected the API key (401), or the key lacks the permission for this call (403).</summary>
public sealed class FalAuthenticationException(string message, Exception? innerException = null)
    : FalException(message, innerException, isTransient: false);
