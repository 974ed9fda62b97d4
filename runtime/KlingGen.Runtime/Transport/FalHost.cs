namespace Fal;

/// <summary>The fal hosts that may see the key.</summary>
internal enum FalHost
{
    Queue,
    Run,
    Rest,
    Platform,
}
