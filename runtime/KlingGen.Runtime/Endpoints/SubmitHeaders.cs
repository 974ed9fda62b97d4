using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fal;

/// <summary>The headers and the query for submit options. Everything is validated before anything is sent.</summary>
internal static class SubmitHeaders
{
    private static readonly SearchValues<char> TagNameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Refuses options that cannot be sent, before any work is done.</summary>
    /// <param name="options">The options.</param>
    /// <param name="direct">True for calls without the queue.</param>
    /// <exception cref="ArgumentException">An option has a value that fal does not accept.</exception>
    public static void Validate(FalSubmitOptions options, bool direct)
    {
        if (direct && options.Webhook is not null)
            throw new ArgumentException("FalSubmitOptions.Webhook needs the queue: use SubmitAsync or RunAsync.");
        if (direct && options.MaxQueueLength is not null)
            throw new ArgumentException("FalSubmitOptions.MaxQueueLength needs the queue: use SubmitAsync or RunAsync.");
        if (direct && options.OnAccepted is not null)
        {
            throw new ArgumentException("FalSubmitOptions.OnAccepted needs the queue: use SubmitAsync or RunAsync.");
        }
        if (options.MaxCost < 0) throw new ArgumentException("FalSubmitOptions.MaxCost must not be negative.");
        _ = FromOptions(options);
        _ = Query(options);
    }

    /// <summary>All headers of a call, in a fixed order.</summary>
    /// <exception cref="ArgumentException">An option has a value that fal does not accept.</exception>
    public static List<KeyValuePair<string, string>> FromOptions(FalSubmitOptions options)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (options.Priority is { } priority) Add("X-Fal-Queue-Priority", Word(priority));
        if (options.RunnerHint is { } hint) Add("X-Fal-Runner-Hint", FalHeaders.RequireValue("FalSubmitOptions.RunnerHint", hint));
        if (options.StartTimeout is { } start)
        {
            // Both names are sent: most of the documentation has the older one; a server that supports both uses the newer one.
            var seconds = StartTimeout(start);
            Add("X-Fal-Request-Start-Timeout", seconds);
            Add("X-Fal-Request-Timeout", seconds);
        }
        if (options.OutputLifecycle is { } lifecycle) Add("X-Fal-Object-Lifecycle-Preference", lifecycle.ToHeader());
        if (options.StoreIo == false) Add("X-Fal-Store-IO", "0");
        if (options.NoServerRetries == true) Add("X-Fal-No-Retry", "1");
        if (options.ServerRetries is { } retries) Add("X-Fal-Retry-Config", Retries(retries));
        if (options.DisableFallbacks == true)
        {
            // Both names are sent: the documentation had one after the other.
            Add("x-app-fal-disable-fallback", "true");
            Add("x-fal-disable-fallbacks", "true");
        }
        if (options.Tags is { Count: > 0 } tags) Add("X-Fal-Tags", Tags(tags));
        if (options.Headers is { } more) AddOwn(headers, more);
        return headers;

        void Add(string name, string value) => headers.Add(new(name, value));
    }

    /// <summary>The query of a submit, with its question mark; empty if there is none.</summary>
    public static string Query(FalSubmitOptions options)
    {
        if (options.Webhook is null && options.MaxQueueLength is null) return "";
        var query = new StringBuilder();
        if (options.Webhook is { } webhook)
        {
            if (!webhook.IsAbsoluteUri || (webhook.Scheme != Uri.UriSchemeHttps && webhook.Scheme != Uri.UriSchemeHttp))
            {
                throw new ArgumentException("FalSubmitOptions.Webhook must be an absolute http or https address.");
            }
            query.Append("?fal_webhook=").Append(Uri.EscapeDataString(webhook.AbsoluteUri));
        }
        if (options.MaxQueueLength is { } length)
        {
            if (length < 0) throw new ArgumentException("FalSubmitOptions.MaxQueueLength must not be negative.");
            query.Append(query.Length == 0 ? '?' : '&').Append("fal_max_queue_length=").Append(length.ToString(CultureInfo.InvariantCulture));
        }
        return query.ToString();
    }

    private static string Word(FalPriority priority) => priority switch
    {
        FalPriority.Normal => "normal",
        FalPriority.Low => "low",
        _ => throw new ArgumentException($"FalPriority has no value {(int)priority}."),
    };

    private static string StartTimeout(TimeSpan start)
    {
        if (start <= TimeSpan.FromSeconds(1) || start > TimeSpan.FromDays(30))
        {
            throw new ArgumentException("FalSubmitOptions.StartTimeout must be more than one second and at most 30 days.");
        }
        return start.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
    }

    private static string Retries(FalServerRetries retries)
    {
        string?[] kinds =
        [
            One("server_error", retries.ServerError),
            One("timeout", retries.Timeout),
            One("connection_error", retries.ConnectionError),
        ];
        return "{" + string.Join(',', Array.FindAll(kinds, kind => kind is not null)) + "}";

        static string? One(string name, int? times)
        {
            if (times is < 0 or > 10) throw new ArgumentException("FalServerRetries allows 0 to 10 retries of each kind.");
            return times is { } count ? $"\"{name}\":{{\"retries\":{count}}}" : null;
        }
    }

    private static string Tags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > 10) throw new ArgumentException($"FalSubmitOptions.Tags contains {tags.Count} tags; fal allows at most 10.");
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (name.Length is 0 or > 64 || name.AsSpan().ContainsAnyExcept(TagNameChars))
            {
                throw new ArgumentException($"Tag name '{FalEndpointId.Shown(name)}' must be 1 to 64 characters of a-z, 0-9, '.', '_' and '-'.");
            }
            if (name.StartsWith("fal.", StringComparison.Ordinal))
                throw new ArgumentException($"Tag name '{name}' begins with 'fal.', which fal keeps for itself.");
            if (value is null || value.Length > 256 || value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.Contains(','))
            {
                throw new ArgumentException($"The value of tag '{name}' must be at most 256 printable ASCII characters without a comma.");
            }
            if (text.Length > 0) text.Append(',');
            text.Append(name).Append('=').Append(value);
        }
        return text.Length <= 1024
            ? text.ToString()
            : throw new ArgumentException($"FalSubmitOptions.Tags has {text.Length} bytes; fal allows at most 1024.");
    }

    private static void AddOwn(List<KeyValuePair<string, string>> headers, IReadOnlyDictionary<string, string> own)
    {
        var typed = headers.Count;
        foreach (var (name, value) in own)
        {
            FalHeaders.RequireExtra(name, value);
            if (headers.FindIndex(0, typed, header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) < 0) headers.Add(new(name, value));
        }
    }
}
