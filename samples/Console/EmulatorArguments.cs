using System.Globalization;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line of <c>emulator</c>.</summary>
internal sealed record EmulatorArguments
{
    public const string Help =
        """
        Runs the emulator on a port of this machine, for any OpenAI client in any language, until Ctrl-C.

        Usage: emulator [--port N] [--fault NAME]

          --port N         the port (default: 4010); 0 takes a free one
          --fault NAME     answer every request with this fault; the names are those of analyze --help

        It invents every answer: no model reads anything, and nothing is billed.
        Exit codes: 0 ended by Ctrl-C, 2 the command line is wrong or the port is in use.
        """;

    public int Port { get; init; } = 4010;

    public string? Fault { get; init; }

    public static EmulatorArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new EmulatorArguments();
        for (int i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--port" => parsed with { Port = PortOf(Value(args, ref i)) },
                "--fault" => parsed with { Fault = Value(args, ref i) },
                _ => throw new UsageException($"Unknown option '{args[i]}'. See emulator --help."),
            };
        }

        return parsed;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new UsageException($"{args[i - 1]} needs a value. See emulator --help.");

    private static int PortOf(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            ? port
            : throw new UsageException($"--port is '{text}'. Use a whole number from 0 to 65535.");
}
