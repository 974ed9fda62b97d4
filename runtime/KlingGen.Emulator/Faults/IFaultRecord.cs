namespace Fal.Emulation;

/// <summary>The record of one call, as far as a fault writes to it. Implemented by <see cref="FalReceivedRequest"/>.</summary>
internal interface IFaultRecord
{
    /// <summary>Marks the connection as taken from the web server: what the server reports from now on does not count.</summary>
    void Break();

    /// <summary>Records the status code that was sent.</summary>
    void Answered(int statusCode);
}
