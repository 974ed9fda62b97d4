using System.Globalization;

namespace KlingGen.Benchmarks;

/// <summary>One line of a row's table: a quantity of KlingGen, and the same quantity of a peer in the same rounds.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Unit">The unit, such as <c>ms</c>.</param>
/// <param name="Ours">The values of KlingGen.</param>
internal sealed record Figure(string What, string Unit, Sample Ours)
{
    /// <summary>The name of the peer; with <see cref="Peer"/> null, a figure that was measured elsewhere.</summary>
    public string PeerName { get; init; } = "";

    /// <summary>The values of the peer; null if it was not measured in this sitting.</summary>
    public Sample? Peer { get; init; }

    /// <summary>Whether ours is compared with the peer by its difference, not by the ratio.</summary>
    public bool IsDifference { get; init; }

    /// <summary>The target, as prose.</summary>
    public string Target { get; init; } = "";

    /// <summary>Two figures of the same rounds, compared by their ratio.</summary>
    public static Figure Beside(string what, string unit, (Sample Ours, Sample Peer) pair, string peerName, string target = "")
        => new(what, unit, pair.Ours) { Peer = pair.Peer, PeerName = peerName, Target = target };

    /// <summary>What decides: the comparison with the peer where there is one, else the value itself.</summary>
    public double Spread => (Compared ?? Ours).Spread;

    /// <summary>Ours against the peer, round by round.</summary>
    public Sample? Compared => Peer is null ? null : Ours.With(Peer, IsDifference ? (a, b) => a - b : (a, b) => a / b);

    /// <summary>The line of a Markdown table. A spread over 10 % is marked.</summary>
    public string ToLine()
    {
        var peer = Peer is null ? PeerName : $"{Value(Peer.Median)} ({PeerName})";
        var compared = Compared is not { } sample ? ""
            : IsDifference ? (sample.Median >= 0 ? "+" : "") + Value(sample.Median)
            : string.Create(CultureInfo.InvariantCulture, $"{sample.Median:0.00}x");
        var spread = string.Create(CultureInfo.InvariantCulture, $"{Spread * 100:0} %");
        return $"| {What} | {Value(Ours.Median)} | {peer} | {compared} | {Target} | {(Spread > 0.1 ? $"**{spread}**" : spread)} |";
    }

    // Three significant digits.
    private string Value(double value)
    {
        var format = Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", >= 0.1 or 0 => "0.00", _ => "0.000" };
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {Unit}".TrimEnd();
    }
}
