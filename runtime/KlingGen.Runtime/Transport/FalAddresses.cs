using System.Buffers;

namespace Fal;

/// <summary>The addresses that may see the key, checked once. Nothing that a server says adds to them.</summary>
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
        // A proxy is told fal's public URLs and maps them to its own addresses.
        Queue = _proxy is null ? options.QueueAddress : new Uri(FalPublicUrl.RootOf(FalHost.Queue)!);
        _queue = Root(Queue, nameof(options.QueueAddress));
        _run = Root(options.RunAddress, nameof(options.RunAddress));
        _rest = Root(options.RestAddress, nameof(options.RestAddress));
        _platform = Root(options.PlatformAddress, nameof(options.PlatformAddress));
        _backup = options.UseBackupHosts && _proxy is null;
    }

    /// <summary>The queue's address, by which returned addresses are judged.</summary>
    public Uri Queue { get; }

    /// <summary>Whether plain http is allowed towards this machine.</summary>
    public bool AllowHttpOnLoopback { get; }

    /// <summary>A host and a path, put together. The path must survive as it is.</summary>
    /// <exception cref="ArgumentException">The path means something else to an address parser than to a reader.</exception>
    public Uri Resolve(FalHost host, string pathAndQuery)
    {
        var url = Join(RootOf(host), pathAndQuery);
        return _proxy ?? url;
    }

    /// <summary>What a proxy is told to call; null without a proxy.</summary>
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

    /// <summary>
    /// Whether a foreign address may be called at all: https, or http on this machine where that is allowed, and no
    /// user name in it.
    /// </summary>
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

    /// <summary>Whether a path with its query means the same to every parser between here and the server.</summary>
    public static bool IsPlain(string pathAndQuery)
    {
        var text = pathAndQuery.AsSpan();
        var query = text.IndexOf('?');
        var path = query < 0 ? text : text[..query];
        var plain = path is ['/', _, ..] && (query < 0 || !text[query..].ContainsAnyExcept(QueryChars));
        // Segments without anything to decode, to climb over or to cut off mean the same to every parser between here and the server.
        while (plain && !path.IsEmpty)
        {
            path = path[1..];
            var end = path.IndexOf('/');
            plain = FalEndpointId.IsSegment(end < 0 ? path : path[..end]);
            path = end < 0 ? [] : path[end..];
        }
        return plain;
    }

    // No key goes there, so http on this machine needs no switch; prompts do, so nothing else is http.
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
                $"FalClientOptions.{name} must be an https address: the key goes there. For http on this machine set "
                    + "FalClientOptions.AllowHttpOnLoopback.");
        }
        return address.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
