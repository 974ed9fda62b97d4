namespace KlingGen.Cli.Pull;

/// <summary>One document could not be fetched. The others continue.</summary>
/// <param name="message">What went wrong, without the endpoint's name.</param>
/// <param name="isRefused">The server answered with something unusable; otherwise there was no answer.</param>
/// <param name="innerException">What lay behind it.</param>
internal sealed class PullException(string message, bool isRefused, Exception? innerException = null) : Exception(message, innerException)
{
    public bool IsRefused => isRefused;
}
