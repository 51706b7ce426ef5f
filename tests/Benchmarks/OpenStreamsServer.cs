using System.Diagnostics;
using System.Globalization;
using DiscordIntel.Testing;

namespace DiscordIntel.Benchmarks;

/// <summary>The other side of <see cref="OpenStreams"/>: an emulator in a process of its own, so that its memory is not counted.</summary>
internal sealed class OpenStreamsServer : IAsyncDisposable
{
    public const string Command = "streams-server";

    private readonly Process _process;

    private OpenStreamsServer(Process process) => _process = process;

    /// <summary>Answers at once.</summary>
    public required Uri Quick { get; init; }

    /// <summary>Waits before every chunk.</summary>
    public required Uri Paced { get; init; }

    /// <summary>The process that answers: two addresses on its output, then the bill for every line of its input.</summary>
    public static async Task RunAsync(TimeSpan pace)
    {
        OpenAIEmulator quick = new OpenAIEmulator().Always(EmulatorReply.Default().InChunksOf(1));
        OpenAIEmulator paced = new OpenAIEmulator().Always(EmulatorReply.Default().InChunksOf(1).Paced(pace));
        await using EmulatorServer quickServer = await quick.ListenAsync();
        await using EmulatorServer pacedServer = await paced.ListenAsync();
        await Console.Out.WriteLineAsync($"{quickServer.BaseUrl} {pacedServer.BaseUrl}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            EmulatorBill bill = paced.Billed.Single();
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bill.Completions} {bill.InputTokens} {bill.OutputTokens}"));
        }
    }

    public static async Task<OpenStreamsServer> StartAsync(TimeSpan pace)
    {
        string[] arguments = [typeof(OpenStreamsServer).Assembly.Location, Command, pace.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)];
        Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string[] addresses = (await process.StandardOutput.ReadLineAsync())!.Split(' ');
        return new OpenStreamsServer(process) { Quick = new Uri(addresses[0]), Paced = new Uri(addresses[1]) };
    }

    /// <summary>What the paced answers would be charged for.</summary>
    public async Task<(int Completions, long InputTokens, long OutputTokens)> BillAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        string[] bill = (await _process.StandardOutput.ReadLineAsync())!.Split(' ');
        return (int.Parse(bill[0], CultureInfo.InvariantCulture), long.Parse(bill[1], CultureInfo.InvariantCulture), long.Parse(bill[2], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
