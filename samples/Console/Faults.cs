using DiscordIntel.Testing;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Faults that the emulator can play, by the name that <c>--fault</c> takes.</summary>
internal static class Faults
{
    private static readonly Dictionary<string, Func<EmulatorReply>> ByName = new()
    {
        ["rate-limit"] = () => EmulatorReply.RateLimited(TimeSpan.FromSeconds(90)),
        ["quota"] = EmulatorReply.QuotaExhausted,
        ["unauthorized"] = EmulatorReply.Unauthorized,
        ["server-error"] = () => EmulatorReply.ServerError(),
        ["bad-gateway"] = EmulatorReply.BadGateway,
        ["stall"] = EmulatorReply.Stall,
        ["reset"] = EmulatorReply.Reset,
        ["malformed"] = EmulatorReply.MalformedBody,
        ["empty"] = EmulatorReply.EmptyBody,
        ["error-in-ok"] = () => EmulatorReply.ErrorInOk(),
        ["refusal"] = () => EmulatorReply.Refusal("I can't help with that."),
        ["length"] = () => EmulatorReply.Truncated("""{"summary":"The debate"""),
        ["content-filter"] = () => EmulatorReply.ContentFiltered(),
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static EmulatorReply Named(string name) => ByName.TryGetValue(name, out Func<EmulatorReply>? make)
        ? make()
        : throw new UsageException($"--fault is '{name}'. Use one of: {string.Join(", ", Names)}.");
}
