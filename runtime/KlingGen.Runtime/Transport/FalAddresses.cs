using System.Buffers;

namespace Fal;

/// <summary>The base URLs that may receive the key, validated once. No server answer can add to them.</summary>
internal sealed class FalAddresses
{
    private static readonly SearchValues<char> QueryChars =
        SearchValues.Create("?&=%-_.~!$'()*+,;:@/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly string _queue;
    private readonly string _run;
    private readonly string _rest;
    private readonly string _platform;
    private readonly bool _backup;
    private readonly Uri? _proxy;

    public FalAddresses(FalClientOptions options)
    {
        AllowHttpOnLoopback = options.AllowHttpOnLoopback;
        _proxy = options.ProxyAddress is { } proxy ? RequireProxy(proxy) : null;
        // A proxy receives fal's public URLs and maps them to its own.
        Queue = _proxy is null ? options.QueueAddress : new Uri(FalPublicUrl.RootOf(FalHost.Queue)!);
        _queue = Root(Queue, nameof(options.QueueAddress));
        _run = Root(options.RunAddress, nameof(options.RunAddress));
        _rest = Root(options.RestAddress, nameof(options.RestAddress));
        _platform = Root(options.PlatformAddress, nameof(options.PlatformAddress));
        _backup = options.UseBackupHosts && _proxy is null;
    }

    /// <summary>The queue's base URL, with which returned URLs are compared.</summary>
    public Uri Queue { get; }

    /// <summary>Whether plain http is allowed for loopback URLs.</summary>
    public bool AllowHttpOnLoopback { get; }

    /// <summary>Combines the base URL of a host with a path. Parsing must not change the path.</summary>
    /// <exception cref="ArgumentException">A URL parser would change the path.</exception>
    public Uri Resolve(FalHost host, string pathAndQuery)
    {
        var url = Join(RootOf(host), pathAndQuery);
        return _proxy ?? url;
    }

    /// <summary>The target URL for the proxy; null without a proxy.</summary>
    public string? ProxyTarget(FalHost host, string pathAndQuery) => _proxy is null ? null : FalPublicUrl.RootOf(host) + pathAndQuery;

    /// <summary>The same path on the backup host; null if there is none or it is not allowed.</summary>
    public Uri? ResolveBackup(FalHost host, string pathAndQuery)
    {
        // Fixed pairs: a pattern could match a host with another owner.
        var root = (_backup, RootOf(host)) switch
        {
            (true, "https://queue.fal.run") => "https://queue.falrun.com",
            (true, "https://fal.run") => "https://falrun.com",
            _ => null,
        };
        return root is null ? null : Join(root, pathAndQuery);
    }

    /// <summary>Whether the URL of another host may be called: https, or http on loopback if that is allowed, and without user info.</summary>
    public bool IsCallable(Uri url)
        => url.IsAbsoluteUri && url.UserInfo.Length == 0 && url.Host.Length > 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && AllowHttpOnLoopback && url.IsLoopback));

    private string RootOf(FalHost host) => host switch
    {
        FalHost.Queue => _queue,
        FalHost.Run => _run,
        FalHost.Rest => _rest,
        FalHost.Platform => _platform,
        _ => throw new ArgumentOutOfRangeException(nameof(host)),
    };

    private static Uri Join(string root, string pathAndQuery)
        => IsPlain(pathAndQuery)
            ? new Uri(root + pathAndQuery)
            : throw new ArgumentException("The path of a call must be made of plain segments.", nameof(pathAndQuery));

    /// <summary>Whether all parsers between here and the server read a path and its query in the same way.</summary>
    public static bool IsPlain(string pathAndQuery)
    {
        var text = pathAndQuery.AsSpan();
        var query = text.IndexOf('?');
        var path = query < 0 ? text : text[..query];
        var plain = path is ['/', _, ..] && (query < 0 || !text[query..].ContainsAnyExcept(QueryChars));
        // All parsers agree on segments without percent-encoding, parent directories or delimiters.
        while (plain && !path.IsEmpty)
        {
            path = path[1..];
            var end = path.IndexOf('/');
            plain = FalEndpointId.IsSegment(end < 0 ? path : path[..end]);
            path = end < 0 ? [] : path[end..];
        }
        return plain;
    }

    // The key is not sent there, so http on loopback needs no option; prompts are, so other URLs must be https.
    private static Uri RequireProxy(Uri proxy)
    {
        var isSafe = proxy.IsAbsoluteUri && proxy.UserInfo.Length == 0 && proxy.Query.Length == 0 && proxy.Fragment.Length == 0
            && (proxy.Scheme == Uri.UriSchemeHttps || (proxy.Scheme == Uri.UriSchemeHttp && proxy.IsLoopback));
        return isSafe ? proxy : throw new ArgumentException(
            "FalClientOptions.ProxyAddress must be an absolute https URL (or http on this machine) without user name, query and fragment.");
    }

    private string Root(Uri? address, string name)
    {
        if (address is null || !address.IsAbsoluteUri)
        {
            throw new ArgumentException($"FalClientOptions.{name} must be an absolute address, such as https://queue.fal.run.");
        }
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException($"FalClientOptions.{name} must be a plain address, without user name, query or fragment.");
        }
        if (!IsCallable(address))
        {
            throw new ArgumentException(
                $"FalClientOptions.{name} must be an https URL, because the API key is sent to it. For http on this machine set "
                    + "FalClientOptions.AllowHttpOnLoopback.");
        }
        return address.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
