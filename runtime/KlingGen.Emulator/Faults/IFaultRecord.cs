namespace Fal.Emulation;

/// <summary>The part of a call's record that a fault updates. Implemented by <see cref="FalReceivedRequest"/>.</summary>
internal interface IFaultRecord
{
    /// <summary>Marks the connection as taken from the web server: statuses that the server reports later are ignored.</summary>
    void Break();

    /// <summary>Records the status code that was sent.</summary>
    void Answered(int statusCode);
}
