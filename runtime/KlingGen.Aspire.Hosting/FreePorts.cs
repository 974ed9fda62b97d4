using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting;

/// <summary>Finder of free ports of the loopback address.</summary>
internal static class FreePorts
{
    /// <summary>Finds different free ports. All of them are bound together before they are released.</summary>
    public static int[] Find(int count)
    {
        var held = new List<TcpListener>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                held.Add(listener);
            }
            return [.. held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            held.ForEach(listener => listener.Dispose());
        }
    }
}
