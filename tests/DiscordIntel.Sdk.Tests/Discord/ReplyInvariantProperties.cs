using DiscordIntel.Tests.Discord.Support;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using FsProperty = FsCheck.Property;

namespace DiscordIntel.Tests.Discord;

/// <summary>Each rule for replies over random documents with nothing going wrong, and over random faults of Discord, the model and the user.</summary>
internal sealed class ReplyInvariantProperties
{
    private const int Cases = 300;

    private static IEnumerable<string> Rules => ReplyInvariants.All.Keys;

    [TestCaseSource(nameof(Rules))]
    public void RunAsync_AnyDocument_Holds(string rule) => Check(rule, ReplyCase.Calm);

    [TestCaseSource(nameof(Rules))]
    public void RunAsync_AnyFaults_Holds(string rule) => Check(rule, ReplyCase.Faulty);

    private static void Check(string rule, Gen<ReplyCase> cases)
    {
        FsProperty property = Prop.ForAll(cases.ToArbitrary(), one =>
        {
            ReplyLog log = one.Run();
            string? fault = ReplyInvariants.All[rule](log);
            return (fault is null).Label($"{rule}: {fault}\n{log}");
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }
}
