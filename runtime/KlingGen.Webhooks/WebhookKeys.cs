namespace Fal;

/// <summary>Cache of fal's key set: lazy fetch, refresh at half the lifetime, and a minimum interval between fetches.</summary>
internal sealed class WebhookKeys(FalWebhookVerifierOptions options, TimeProvider time, JwksSource source)
{
    private readonly object _gate = new();
    private volatile Set? _set;
    private Task _fetch = Task.CompletedTask;
    private long? _lastFetch;
    private volatile string _problem = "They have not been fetched yet.";

    /// <summary>The error of the last fetch.</summary>
    public string Problem => _problem;

    /// <summary>The cached keys, refreshed when they are due; null when there are no valid keys.</summary>
    public async ValueTask<Set?> GetAsync(CancellationToken cancellationToken)
    {
        if (_set is { } set && Age(set) < options.KeyLifetime / 2) return set;
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        return Usable();
    }

    /// <summary>Keys newer than those that did not match, fetched if the minimum interval allows it; null when there are none.</summary>
    public async ValueTask<Set?> GetOtherAsync(Set tried, CancellationToken cancellationToken)
    {
        // A concurrent webhook may have fetched newer keys.
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

                // Single-flight: one fetch serves all waiting callers, so no caller's token cancels it, it runs outside the first caller's
                // ExecutionContext, and no user code runs inside the lock.
                using IDisposable? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
                _fetch = Task.Run(TryFetchAsync, CancellationToken.None);
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
        catch (Exception ex)
        {
            // A network failure and an exception of the user's handler have the same effect: there are no new keys.
            _problem = ex.Message;
        }
    }

    /// <summary>Keys of one fetch, and its time.</summary>
    internal sealed record Set(IReadOnlyList<WebhookKey> Keys, long FetchedAt);
}
