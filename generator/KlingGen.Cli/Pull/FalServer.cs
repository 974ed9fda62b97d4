using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace KlingGen.Cli.Pull;

/// <summary>Gets text over HTTP: repeated where that may help, bounded in size and time. No key is sent, for none is needed.</summary>
/// <param name="http">The connection.</param>
/// <param name="clock">Measures and waits.</param>
/// <param name="jitter">A number from 0 to 1, so that parallel calls do not come back all at once.</param>
internal sealed class FalServer(HttpClient http, TimeProvider clock, Func<double> jitter)
{
    public const int MaxBytes = 16 * 1024 * 1024;

    public const int Attempts = 4;

    /// <summary>The maximum wait, whatever Retry-After requests.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="PullException">There is no good answer.</exception>
    public async Task<string> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (text, failure) = await TryGetAsync(address, cancellation).ConfigureAwait(false);
            if (text is not null) return text;
            if (!failure!.MayPass || attempt == Attempts) throw new PullException(
                failure.Message + (attempt > 1 ? $", {attempt.ToString(CultureInfo.InvariantCulture)} times" : ""),
                failure.IsAnswer,
                failure.Cause);
            var wait = failure.Wait ?? FirstWait * Math.Pow(2, attempt - 1) * (1 + jitter() / 4);
            if (wait > LongestWait)
                throw new PullException(
                    $"{failure.Message}, and is to be asked again in {Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s",
                    failure.IsAnswer);
            await Task.Delay(wait, clock, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(string? Text, Failure? Failure)> TryGetAsync(Uri address, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) return (null, OfStatus(response, address));
            return (await ReadAsync(response, both.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return (null, new Failure(
                $"{address.Authority} did not answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
                MayPass: true,
                IsAnswer: false));
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            return (null, new Failure(
                $"{address.Authority} could not be reached: {Innermost(ex).Message}",
                MayPass: true,
                IsAnswer: false,
                Cause: ex));
        }
    }

    private Failure OfStatus(HttpResponseMessage response, Uri address)
    {
        var status = (int)response.StatusCode;
        var message = response.StatusCode switch
        {
            HttpStatusCode.NotFound => $"{address.Authority} does not have it (404)",
            HttpStatusCode.TooManyRequests => $"{address.Authority} asks to slow down (429)",
            _ => string.Create(CultureInfo.InvariantCulture, $"{address.Authority} answered {status} {response.ReasonPhrase}"),
        };
        var mayPass = Fal.HttpStatus.MayPass(status);
        return new Failure(message, mayPass, IsAnswer: !mayPass, Wait: WaitOf(response.Headers.RetryAfter));
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? after)
    {
        var wait = after?.Delta ?? (after?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Checks Content-Length first; without it the bytes are counted.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > MaxBytes) throw TooLarge();
        using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (bytes.Length + read > MaxBytes) throw TooLarge();
            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static PullException TooLarge()
        => new($"the answer is larger than {(MaxBytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture)} MiB", isRefused: true);

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;

    /// <param name="Message">What happened.</param>
    /// <param name="MayPass">Asking again may help.</param>
    /// <param name="IsAnswer">The server meant it.</param>
    /// <param name="Wait">How long the server asks to wait.</param>
    /// <param name="Cause">The fault behind it.</param>
    private sealed record Failure(string Message, bool MayPass, bool IsAnswer, TimeSpan? Wait = null, Exception? Cause = null);
}
