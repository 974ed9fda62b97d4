namespace Fal.Jobs;

/// <summary>A local file is not what it was when its entry was added.</summary>
internal sealed class ChangedMediaException(string message) : Exception(message);
