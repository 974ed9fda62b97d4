namespace Fal;

/// <summary>The source of a price, from the least to the most reliable.</summary>
public enum FalPriceConfidence
{
    /// <summary>There is no price.</summary>
    Unknown,

    /// <summary>The average that fal reports for earlier requests. It ignores the parameters of this request.</summary>
    Historical,

    /// <summary>A price that users reported; fal's own page was not seen.</summary>
    Reported,

    /// <summary>The price on fal's page of the endpoint.</summary>
    Published,
}
