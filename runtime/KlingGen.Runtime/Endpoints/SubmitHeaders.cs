using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fal;

/// <summary>The headers and the query that submit options become. Everything is checked before anything is sent.</summary>
internal static class SubmitHeaders
{
    // What .NET or KlingGen decides for every call: identity, connection, framing, and where a proxy would send the call.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Host", "Cookie", "Set-Cookie", "Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding",
        "TE", "Trailer", "Upgrade", "Expect", "User-Agent", "Accept", "Accept-Encoding", "x-fal-target-url",
    };

    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> TagNameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>All headers of a call, in a fixed order.</summary>
    /// <exception cref="ArgumentException">An option has a value that fal cannot take.</exception>
    public static List<KeyValuePair<string, string>> Of(FalSubmitOptions? options)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (options is null) return headers;
        if (options.Priority is { } priority) Add("X-Fal-Queue-Priority", Word(priority));
        if (options.RunnerHint is { } hint) Add("X-Fal-Runner-Hint", Text(nameof(options.RunnerHint), hint));
        if (options.StartTimeout is { } start)
        {
            // Two names: the older one is what most of the documentation shows, the newer one wins where both are known.
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
            // Two names again, of two states of the documentation.
            Add("x-app-fal-disable-fallback", "true");
            Add("x-fal-disable-fallbacks", "true");
        }
        if (options.Tags is { Count: > 0 } tags) Add("X-Fal-Tags", Tags(tags));
        if (options.Headers is { } more) AddOwn(headers, more);
        return headers;

        void Add(string name, string value) => headers.Add(new(name, value));
    }

    /// <summary>The query of a submit, with its question mark; empty if there is none.</summary>
    public static string Query(FalSubmitOptions? options)
    {
        if (options is null) return "";
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
        var buffer = new ArrayBufferWriter<byte>(96);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            One(json, "server_error", retries.ServerError);
            One(json, "timeout", retries.Timeout);
            One(json, "connection_error", retries.ConnectionError);
            json.WriteEndObject();
        }
        return Encoding.ASCII.GetString(buffer.WrittenSpan);

        static void One(Utf8JsonWriter json, string name, int? times)
        {
            if (times is not { } count) return;
            if (count is < 0 or > 10) throw new ArgumentException("FalServerRetries takes 0 to 10 repeats of each kind.");
            json.WriteStartObject(name);
            json.WriteNumber("retries"u8, count);
            json.WriteEndObject();
        }
    }

    private static string Tags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > 10) throw new ArgumentException($"FalSubmitOptions.Tags holds {tags.Count} tags; fal takes at most 10.");
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (name.Length is 0 or > 64 || name.AsSpan().ContainsAnyExcept(TagNameChars))
            {
                throw new ArgumentException($"Tag name '{Shown(name)}' must be 1 to 64 characters of a-z, 0-9, '.', '_' and '-'.");
            }
            if (name.StartsWith("fal.", StringComparison.Ordinal)) throw new ArgumentException($"Tag name '{name}' begins with 'fal.', which fal keeps for itself.");
            if (value is null || value.Length > 256 || value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.Contains(','))
            {
                throw new ArgumentException($"The value of tag '{name}' must be at most 256 printable ASCII characters without a comma.");
            }
            if (text.Length > 0) text.Append(',');
            text.Append(name).Append('=').Append(value);
        }
        return text.Length <= 1024 ? text.ToString() : throw new ArgumentException($"FalSubmitOptions.Tags take {text.Length} bytes; fal takes at most 1024.");
    }

    private static void AddOwn(List<KeyValuePair<string, string>> headers, IReadOnlyDictionary<string, string> own)
    {
        var typed = headers.Count;
        foreach (var (name, value) in own)
        {
            if (name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(TokenChars)) throw new ArgumentException($"'{Shown(name)}' is not a header name.");
            if (Refused.Contains(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"Header '{name}' cannot be set by FalSubmitOptions.Headers: the connection, the key and the body are FalClient's to describe.");
            }
            var text = Text($"Headers[\"{name}\"]", value);
            if (!headers.Take(typed).Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))) headers.Add(new(name, text));
        }
    }

    private static string Text(string option, string value)
    {
        // A line break would begin another header, and what is not ASCII fails late, when sending.
        if (value is null || value.Length > 8192 || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"FalSubmitOptions.{option} must be printable ASCII of at most 8192 characters.");
        }
        return value;
    }

    private static string Shown(string name) =>
        string.Concat(name.Take(64).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
