namespace Fal.AspNetCore;

/// <summary>Options for all webhook routes of an app. <c>AddFalWebhooks</c> reads them from the configuration section <c>Fal</c>.</summary>
public sealed class FalWebhooksOptions
{
    private const int ShortestSecret = 32;

    /// <summary>
    /// The public base URL of this app, such as <c>https://app.example.com</c>; configuration key <c>Fal:PublicBaseUrl</c>.
    /// fal does not deliver to loopback or private addresses.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>
    /// The secret that signs the query of webhook URLs, at least 32 characters and the same on every node; configuration key
    /// <c>Fal:WebhookSecret</c>. When null, it is derived from the key of the <see cref="FalClient"/>: nodes with the same
    /// key need no configuration, but URLs of pending jobs become invalid when the key changes.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>
    /// Former secrets that are still accepted after a change; configuration key <c>Fal:PreviousWebhookSecrets</c>, a list.
    /// </summary>
    public IList<string> PreviousSecrets { get; } = [];

    /// <summary>
    /// The id of your fal account; configuration key <c>Fal:WebhookUserId</c>. Webhooks of other accounts, which fal signs
    /// with the same keys, are refused. When null, every account is accepted.
    /// </summary>
    public string? UserId { get; set; }

    /// <summary>The poll interval of the inbox, for webhooks that other nodes stored or abandoned; 5 seconds by default.</summary>
    public TimeSpan InboxPollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of webhooks of the inbox that this process handles concurrently; 4 by default.</summary>
    public int InboxConcurrency { get; set; } = 4;

    internal void Validate()
    {
        var isPlain = PublicBaseUrl is not { } url
            || (url.IsAbsoluteUri && url.Scheme is "https" or "http" && url.Query.Length == 0 && url.Fragment.Length == 0);
        if (!isPlain)
        {
            throw new InvalidOperationException(
                "Fal:PublicBaseUrl must be an absolute http or https URL without query and fragment, such as https://app.example.com.");
        }
        foreach (var secret in Secret is null ? PreviousSecrets : [Secret, .. PreviousSecrets])
        {
            if (secret is { Length: >= ShortestSecret }) continue;
            throw new InvalidOperationException(
                "Fal:WebhookSecret and each of Fal:PreviousWebhookSecrets must have at least 32 characters. Make one with: openssl rand -base64 32");
        }
        if (InboxPollInterval <= TimeSpan.Zero) throw new InvalidOperationException("FalWebhooksOptions.InboxPollInterval must be more than zero.");
        if (InboxConcurrency is < 1 or > 1000) throw new InvalidOperationException("FalWebhooksOptions.InboxConcurrency must be 1 to 1000.");
    }
}
