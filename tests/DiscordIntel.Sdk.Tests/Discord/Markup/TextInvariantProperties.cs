using DiscordIntel.Tests.Discord.Support;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord.Markup;

/// <summary>Each rule for texts over random documents, at limits small enough to hit every border.</summary>
internal sealed class TextInvariantProperties
{
    private static IEnumerable<string> Rules => TextInvariants.All.Keys;

    [TestCaseSource(nameof(Rules))]
    public void Cut_AnyDocument_Holds(string rule) => Prop.ForAll(TextCase.Any.ToArbitrary(), one =>
    {
        string? fault = TextInvariants.All[rule](one);
        return (fault is null).Label($"{rule}: {fault}\n{one}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
