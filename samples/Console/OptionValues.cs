using System.Globalization;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The values that options of a command line take.</summary>
internal static class OptionValues
{
    public static string Next(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new UsageException($"{args[i - 1]} needs a value. See --help.");

    public static int Tokens(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int tokens) && tokens is >= 100 and <= 500_000
            ? tokens
            : throw new UsageException($"{option} is '{text}'. Use a whole number from 100 to 500000.");

    public static TimeSpan Seconds(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.001 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option} is '{text}'. Use a number of seconds above 0, up to 3600.");

    public static decimal Usd(string option, string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) && usd <= 9_000_000
            ? usd
            : throw new UsageException($"{option} is '{text}'. Use US dollars with a decimal point, from 0 to 9000000.");
}
