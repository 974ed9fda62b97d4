using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Fal;
using Fal.KlingVideo;

namespace VideoStudio;

/// <summary>Starts videos, follows their jobs to the end, in this process or the next one, and tells all pages.</summary>
internal sealed partial class VideoMaker(
    KlingVideoV26ProImageToVideoClient endpoint, VideoStore store, IHostApplicationLifetime lifetime, ILogger<VideoMaker> logger) : BackgroundService
{
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromSeconds(30);

    // Jobs that are followed, as they were last seen.
    private readonly ConcurrentDictionary<string, (Video Video, FalJob<ImageToVideoV26ProOutput> Job)> _running = new();
    private readonly ConcurrentDictionary<Channel<Video>, bool> _pages = new();

    public FalCostEstimate EstimateCost(Duration5Or10 length, bool sound)
        => endpoint.EstimateCost(CreateRequest("", FalMedia.FromUrl("https://example.com/picture.png"), length, sound));

    /// <summary>Submits a video. The order is what matters: the intent, the submit, the token.</summary>
    public async Task<Video> StartAsync(string prompt, FalMedia picture, Duration5Or10 length, bool sound)
    {
        var video = new Video(Guid.NewGuid().ToString(), prompt, VideoState.Starting);
        store.Add(video);
        Tell(video);
        try
        {
            // Not with the token of the page's request: a page that is closed now has started the video all the same.
            var job = await endpoint.SubmitAsync(
                CreateRequest(prompt, picture, length, sound),
                new FalSubmitOptions
                {
                    Tags = new Dictionary<string, string> { ["studio"] = video.Id },
                    OnAccepted = (token, _) =>
                    {
                        store.SetToken(video.Id, token);
                        return ValueTask.CompletedTask;
                    },
                },
                lifetime.ApplicationStopping);
            _ = FollowAsync(video, job);
        }
        catch (FalException ex) when (ex is FalOutcomeUnknownException || ex.Token is not null)
        {
            // A job may run. It is followed where its id is known, and never sent again.
            if (ex.Token is not { } token)
            {
                End(video with { State = VideoState.Failed, Note = Words.OutcomeUnknown(video.Id) });
                return video;
            }
            store.SetToken(video.Id, token);
            _ = FollowAsync(video, endpoint.Resume(token));
        }
        catch (FalException)
        {
            // Nothing was started.
            store.Remove(video.Id);
            Tell(video with { State = VideoState.Removed });
            throw;
        }
        return video;
    }

    /// <summary>Asks fal to stop a video. What becomes of it, <see cref="FollowAsync"/> sees.</summary>
    public async Task CancelAsync(string id)
    {
        if (!_running.TryGetValue(id, out var running)) return;
        if (await running.Job.CancelAsync(lifetime.ApplicationStopping) == FalCancelOutcome.Requested)
            Tell(running.Video with { Note = "Stopping. It may still be finished." });
    }

    /// <summary>All videos now, and then each change. The order of a page's events is that of the changes.</summary>
    public async IAsyncEnumerable<Video> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var changes = Channel.CreateUnbounded<Video>();
        _pages[changes] = true;
        try
        {
            foreach (var (video, _) in store.List()) yield return _running.TryGetValue(video.Id, out var running) ? running.Video : video;
            while (await WaitAsync(changes.Reader, stop.Token))
                while (changes.Reader.TryRead(out var video)) yield return video;
        }
        finally
        {
            _pages.TryRemove(changes, out _);
        }
    }

    /// <summary>After a start: jobs that are known go on, and the rest is shown to a person. None is sent again.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (video, token) in store.List())
        {
            if (video.State is VideoState.Done or VideoState.Failed or VideoState.Cancelled) continue;
            if (token is null)
            {
                End(video with { State = VideoState.Failed, Note = Words.OutcomeUnknown(video.Id) });
                continue;
            }
            try
            {
                _ = FollowAsync(video, endpoint.Resume(token));
            }
            catch (ArgumentException)
            {
                // The token is for another server than the one that is configured now.
                End(video with { State = VideoState.Failed, Note = Words.OtherServer });
            }
        }
        return Task.CompletedTask;
    }

    private async Task FollowAsync(Video video, FalJob<ImageToVideoV26ProOutput> job)
    {
        var stopping = lifetime.ApplicationStopping;
        _running[video.Id] = (video, job);
        while (true)
        {
            try
            {
                await foreach (var update in job.WatchAsync(cancellationToken: stopping))
                {
                    video = Describe(video, update.Status);
                    _running[video.Id] = (video, job);
                    Tell(video);
                }
                var result = await job.GetResultAsync(stopping);
                await result.Video.SaveAsync(store.FileOf(video.Id), cancellationToken: stopping);
                End(video with { State = VideoState.Done, Note = null, Percent = null });
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return; // The next start goes on.
            }
            catch (FalException ex) when (ex is FalUnavailableException or FalRateLimitException or FalTimeoutException
                or FalAuthenticationException or FalAccountLockedException)
            {
                // fal cannot be asked now. The job goes on there, so it is looked for again.
                LogWaiting(ex, video.Id);
                Tell(video with { Note = Words.For(ex) });
                await Task.Delay(PauseBetweenLooks, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (FalJobCancelledException)
            {
                End(video with { State = VideoState.Cancelled, Note = null, Percent = null });
                return;
            }
            catch (Exception ex) when (ex is FalException or IOException or UnauthorizedAccessException)
            {
                LogFailed(ex, video.Id);
                End(video with { State = VideoState.Failed, Note = ex is FalException error ? Words.For(error) : Words.NotSaved, Percent = null });
                return;
            }
        }
    }

    private static Video Describe(Video video, FalJobStatus status)
    {
        if (status.State == FalJobState.InQueue)
        {
            var note = status.QueuePosition is > 0 and var ahead ? $"{ahead} ahead in the queue" : "Next in the queue";
            return video with { State = VideoState.Queued, Note = note };
        }
        var percent = status.Logs.Select(line => ProgressBar().Match(line.Message)).LastOrDefault(match => match.Success);
        return video with
        {
            State = VideoState.Running,
            Note = status.IsFinal ? "Fetching the video" : null,
            Percent = percent is null ? null : int.Parse(percent.Groups[1].Value, CultureInfo.InvariantCulture),
        };
    }

    private static ImageToVideoV26ProRequest CreateRequest(string prompt, FalMedia picture, Duration5Or10 length, bool sound) => new()
    {
        Prompt = prompt,
        StartImageUrl = picture,
        Duration = length,
        GenerateAudio = sound,
    };

    private static async Task<bool> WaitAsync(ChannelReader<Video> changes, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false; // The page was closed, or the app stops.
        }
    }

    private void End(Video video)
    {
        store.SetState(video);
        _running.TryRemove(video.Id, out _);
        Tell(video);
    }

    private void Tell(Video video)
    {
        foreach (var page in _pages.Keys) page.Writer.TryWrite(video);
    }

    [GeneratedRegex(@"\b(\d{1,3})%\|")]
    private static partial Regex ProgressBar();

    [LoggerMessage(LogLevel.Warning, "Video {Id} waits for fal.")]
    private partial void LogWaiting(Exception exception, string id);

    [LoggerMessage(LogLevel.Error, "Video {Id} failed.")]
    private partial void LogFailed(Exception exception, string id);
}
