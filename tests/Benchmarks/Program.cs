using System.Globalization;
using BenchmarkDotNet.Running;
using DiscordIntel.Benchmarks;

switch (args)
{
    case ["ratios"]:
        await SideBySide.RunAsync();
        break;
    case ["streams", var count]:
        await OpenStreams.RunAsync(int.Parse(count, CultureInfo.InvariantCulture));
        break;
    case [OpenStreamsServer.Command, var pace]:
        await OpenStreamsServer.RunAsync(TimeSpan.FromMilliseconds(int.Parse(pace, CultureInfo.InvariantCulture)));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(OneCall).Assembly).Run(args);
        break;
}
