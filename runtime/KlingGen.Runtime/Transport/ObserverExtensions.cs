namespace Fal;

/// <summary>Calls an observer and ignores its exceptions.</summary>
internal static class ObserverExtensions
{
    public static void Notify<T>(this FalObserver? observer, T happened, Action<FalObserver, T> notify)
    {
        if (observer is null) return;
        try
        {
            notify(observer, happened);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            // A failed log write must not lose a paid job.
        }
    }
}
