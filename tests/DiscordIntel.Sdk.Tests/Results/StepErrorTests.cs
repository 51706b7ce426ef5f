using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Results;

[TestFixture]
internal sealed class StepErrorTests
{
    [Test]
    public void UserMessage_EveryKind_IsOneSentenceOfItsOwnWithoutDetail()
    {
        StepErrorKind[] kinds = Enum.GetValues<StepErrorKind>();
        string[] sentences = [.. kinds.Select(kind => new StepError { Kind = kind, Message = "sk-secret 10.0.0.1" }.UserMessage)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sentences, Is.Unique, "a kind without a sentence of its own");
            foreach (string sentence in sentences)
            {
                Assert.That(sentence, Does.Match("^[A-Z].*[.]$").And.Length.LessThan(120));
                Assert.That(sentence, Does.Not.Contain("secret"));
            }
        }
    }

    [Test]
    public void UserMessage_KindOfALaterVersion_StillSaysSomething() =>
        Assert.That(new StepError { Kind = (StepErrorKind)999, Message = "" }.UserMessage, Is.EqualTo(new StepError { Kind = StepErrorKind.Unexpected, Message = "" }.UserMessage));

    [Test]
    public void UserMessage_Given_ReplacesTheDefault()
    {
        StepError error = new() { Kind = StepErrorKind.Timeout, Message = "m", UserMessage = "Zu langsam." };
        Assert.That(error.UserMessage, Is.EqualTo("Zu langsam."));
    }

    [Test]
    public void UserMessage_KindChangedByWith_FollowsTheKind()
    {
        StepError error = new() { Kind = StepErrorKind.Timeout, Message = "m" };
        Assert.That((error with { Kind = StepErrorKind.Refused }).UserMessage, Does.Contain("declined"));
    }

    [Test]
    public void ToString_Error_ShowsKindAndMessageAndNothingElse()
    {
        StepError error = new() { Kind = StepErrorKind.Truncated, Message = "cut", Partial = "private words", Exception = new InvalidOperationException("address") };
        Assert.That(error.ToString(), Is.EqualTo("Truncated: cut"));
    }
}
