using System.Diagnostics;

namespace Fal.Jobs;

/// <summary>
/// Makes what follows a child of the trace under which an entry was added, whichever process works on it. Exceptions of telemetry listeners are
/// ignored: none may lose the id of a paid job.
/// </summary>
internal readonly struct EntrySpan : IDisposable
{
    private readonly Activity? _activity;

    public EntrySpan(FalLedgerEntry entry)
    {
        if (entry.TraceParent is not { } trace) return;
        _activity = new Activity("fal.entry").SetParentId(trace);
        Tell(_activity, static activity => activity.Start());
    }

    public void Dispose()
    {
        if (_activity is not null) Tell(_activity, static activity => activity.Stop());
    }

    private static void Tell(Activity activity, Action<Activity> tell)
    {
        try
        {
            tell(activity);
        }
        catch (Exception ex) when (ex is not OutOfMemoryException)
        {
            // The program's own telemetry is incomplete; its job is not.
        }
    }
}
