using DiscordIntel.Analysis.Grounding;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class OutsideSourceTests
{
    [TestCase("According to Wikipedia this is correct.", "rests on a source")]
    [TestCase("The figure was confirmed by official statistics.", "rests on a source")]
    [TestCase("It has been proven, according to the city's records I consulted.", "was looked up")]
    [TestCase("I have also looked it up.", "was looked up")]
    public void Warnings_SourceOutsideOfTheText_IsReported(string summary, string what) =>
        Assert.That(OutsideSource.Warnings(summary, "Mara: Trams are free.").Single(), Does.StartWith("The summary ").And.Contain(what));

    [TestCase("According to Mara, trams are free.")]
    [TestCase("According to the timetable of Luxembourg, trams are free.")]
    [TestCase("According to Reuters, trams are free.")]
    [TestCase("Jonas says I checked the records.")]
    [TestCase("His point: “I looked it up”.")]
    [TestCase("The claims could be checked.")]
    [TestCase("")]
    public void Warnings_OtherWords_AreNone(string summary) => Assert.That(OutsideSource.Warnings(summary, "Mara: REUTERS says so."), Is.Empty);
}
