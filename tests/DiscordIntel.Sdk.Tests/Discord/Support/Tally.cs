using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>What became of many cases: each is run once and looked at by every rule.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, (int Count, string First)> _faults = [];
    private readonly Dictionary<string, int> _seen = [];

    public int Cases { get; private set; }

    public static Tally Of<TCase>(Gen<TCase> cases, int count, Action<TCase, Tally> judge)
    {
        var tally = new Tally();
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            judge(one, tally);
            tally.Cases++;
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
        return tally;
    }

    /// <summary>How often something was seen.</summary>
    public int Seen(string what) => _seen.GetValueOrDefault(what);

    public void Count(string what, int times = 1) => _seen[what] = Seen(what) + times;

    /// <summary>Notes what a rule found; null when it holds.</summary>
    public void Judge(string rule, string? fault, object one)
    {
        if (fault is not null)
        {
            (int count, string first) = _faults.GetValueOrDefault(rule, (0, $"{fault}\n{one}"));
            _faults[rule] = (count + 1, first);
        }
    }

    /// <summary>The first fault that a rule found, or null.</summary>
    public string? Fault(string rule) => _faults.TryGetValue(rule, out (int Count, string First) found) ? $"{found.Count} of {Cases}: {found.First}" : null;

    public override string ToString() =>
        $"{Cases} cases: " + string.Join(", ", _seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
