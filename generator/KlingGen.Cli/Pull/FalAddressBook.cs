namespace KlingGen.Cli.Pull;

/// <summary>Where fal keeps its documents and the list of its models; or one other host that keeps both.</summary>
internal sealed class FalAddressBook
{
    public const string Variable = "KLINGGEN_FAL_HOST";

    private static readonly Uri Documents = new("https://fal.ai/");
    private static readonly Uri Platform = new("https://api.fal.ai/");

    private readonly Uri _documents;
    private readonly Uri _platform;

    private FalAddressBook(Uri documents, Uri platform)
    {
        _documents = documents;
        _platform = platform;
    }

    /// <param name="host">Another host, from the option or the variable; null or empty for fal's own two.</param>
    /// <exception cref="ToolException">It is no address, or one that would be asked in the clear.</exception>
    public static FalAddressBook ForHost(string? host)
    {
        if (string.IsNullOrWhiteSpace(host)) return new FalAddressBook(Documents, Platform);
        if (!Uri.TryCreate(host.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ToolException($"'{host}' is not the URL of a host; one looks like https://fal.example.");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new ToolException($"'{host}' must use https: over http the documents could be changed in transit.");
        return new FalAddressBook(address, address);
    }

    public Uri DocumentOf(string id) => new(_documents, "api/openapi/queue/openapi.json?endpoint_id=" + Uri.EscapeDataString(id));

    public Uri Models(string? cursor) => new(_platform, "v1/models" + (cursor is null ? "" : "?cursor=" + Uri.EscapeDataString(cursor)));
}
