namespace Fal;

/// <summary>The fal hosts that may receive the key.</summary>
internal enum FalHost
{
    Queue,
    Run,
    Rest,
    Platform,
}
