namespace Fal;

/// <summary>fal's keys, fetched when they are needed, kept while they are good, and never fetched more often than the options allow.</summary>
internal sealed class WebhookKeys(FalWebhookVerifierOptions options, TimeProvider time, JwksSource source)
{
    private readonly object _gate = new();
    private volatile Set? _set;
    private Task _fetch = Task.CompletedTask;
    private long? _lastFetch;
    private volatile string _problem = "They have not been fetched yet.";

    /// <summary>Why the last fetch failed.</summary>
    public string Problem => _problem;

    /// <summary>The keys, fetched anew when their age asks for it; null when there are none that may be used.</summary>
    public async ValueTask<Set?> GetAsync(CancellationToken cancellationToken)
    {
        if (_set is { } set && Age(set) < options.KeyLifetime / 2) return set;
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        return Usable();
    }

    /// <summary>Other keys than those that did not match, fetched now if the last fetch is not too recent; null when there are none.</summary>
    public async ValueTask<Set?> GetOtherAsync(Set tried, CancellationToken cancellationToken)
    {
        // Another webhook's miss may have fetched the new keys since these were taken.
        if (ReferenceEquals(_set, tried)) await FetchAsync(cancellationToken).ConfigureAwait(false);
        return Usable() is { } set && !ReferenceEquals(set, tried) ? set : null;
    }

    private TimeSpan Age(Set set) => time.GetElapsedTime(set.FetchedAt);

    private Set? Usable() => _set is { } set && Age(set) < options.KeyLifetime ? set : null;

    private Task FetchAsync(CancellationToken cancellationToken)
    {
        Task fetch;
        lock (_gate)
        {
            if (_fetch.IsCompleted)
            {
                if (_lastFetch is { } last && time.GetElapsedTime(last) < options.RefetchInterval) return Task.CompletedTask;
                _lastFetch = time.GetTimestamp();

                // One fetch serves all who wait, so no single caller's token may end it, and no stranger's handler runs inside this lock.
                _fetch = ContextFree.Run(TryFetchAsync);
            }

            fetch = _fetch;
        }

        return fetch.WaitAsync(cancellationToken);
    }

    private async Task TryFetchAsync()
    {
        using var limit = new CancellationTokenSource(options.FetchTimeout, time);
        try
        {
            var keys = Jwks.Read(await source.DownloadAsync(limit.Token).ConfigureAwait(false));
            if (keys.Count == 0) throw new InvalidDataException("The answer holds no Ed25519 key.");
            _set = new(keys, time.GetTimestamp());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _problem = $"There was no answer within {options.FetchTimeout.TotalSeconds:0.#} seconds.";
        }
        catch (Exception failure)
        {
            // Whatever went wrong, in the network or in a handler of the user's, means the same here: there are no new keys.
            _problem = failure.Message;
        }
    }

    /// <summary>Keys that were fetched together, and when.</summary>
    internal sealed record Set(IReadOnlyList<WebhookKey> Keys, long FetchedAt);
}
