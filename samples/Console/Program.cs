using System.Runtime.InteropServices;
using System.Text;
using DiscordIntel.Samples.Terminal;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();

// Ctrl-C and a polite kill end the call, not the process: what is known so far is still printed.
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new ConsoleApp(Console.In, StandardOutput.Open(), Console.Error, Environment.GetEnvironmentVariable).RunAsync(args, stop.Token);

void Stop(PosixSignalContext signal)
{
    // A second one ends the process.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
