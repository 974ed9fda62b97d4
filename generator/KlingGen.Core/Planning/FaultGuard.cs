using System;
using System.Threading;
using KlingGen.Diagnostics;
using KlingGen.Model;
using KlingGen.Overlays;
using KlingGen.Schemas;

namespace KlingGen.Planning;

/// <summary>Turns an exception of the reader into KLG900 for the one document concerned.</summary>
internal static class FaultGuard
{
    public static SpecReading Read(
        Func<SpecSource, CancellationToken, SpecReading> read, SpecSource source, CancellationToken cancellation = default)
    {
        try
        {
            return read(source, cancellation);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            var place = new SourceLocation(source.Path, default, 0, 0, 0, 0);
            var problem = new SpecDiagnostic(SpecDiagnosticKind.InternalFault, place, new[] { source.Key, Describe(ex) });
            return new SpecReading(null, new[] { problem }, null);
        }
    }

    /// <summary>The message of KLG900 for an exception.</summary>
    public static string Describe(Exception ex) => ex.GetType().Name + ": " + ex.Message;
}
