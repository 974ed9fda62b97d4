using System.Runtime.InteropServices;
using KlingGen.Cli;
using KlingGen.Cli.Terminal;

// The first signal asks whatever runs to end in good order, and a job on a server may need a moment for that; the second one does not ask.
using var stop = new CancellationTokenSource();
void OnSignal(PosixSignalContext signal)
{
    if (stop.IsCancellationRequested) return;
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
return await Tool.RunAsync(args, ToolConsole.OfProcess(), stop.Token);
