using DiscordIntel.Discord;
using DiscordIntel.Discord.Markup;
using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

internal sealed class LinkPolicyTests
{
    private static readonly LinkPolicy Policy = new() { AllowedHosts = ["ok.org"], UserText = "See example.com, or https://named.net/x?" };

    [TestCase("see https://evil.test/?s=1 now", "see `https://evil.test/?s=1` now")]
    [TestCase("HTTP://EVIL.test", "`HTTP://EVIL.test`")]
    [TestCase("(https://evil.test/a_(b)).", "(`https://evil.test/a_(b)`).")]
    [TestCase("**https://evil.test**", "**`https://evil.test`**")]
    [TestCase("xhttps://evil.test", "x`https://evil.test`")]
    [TestCase("||https://evil.test||", "||`https://evil.test`||")]
    [TestCase("<https://evil.test>", "<`https://evil.test`>")]
    [TestCase("[here](https://evil.test/a \"title\")", "[here](`https://evil.test/a` \"title\")")]
    [TestCase("[here](https:\\/\\/evil.test)", "[here](`https:\\/\\/evil.test`)")]
    [TestCase("https://ok.org.evil.test", "`https://ok.org.evil.test`")]
    [TestCase("https://ok.org@evil.test", "`https://ok.org@evil.test`")]
    [TestCase("https://ok.org\\@evil.test", "`https://ok.org\\@evil.test`")]
    [TestCase("https://sub.ok.org", "`https://sub.ok.org`")]
    [TestCase("https://ok.org。evil.test", "`https://ok.org`。evil.test")]
    [TestCase("https://ok.org||@evil.test/", "`https://ok.org`||@evil.test/")]
    [TestCase("<https://ok.org\n.evil.test/>", "<`https://ok.org`\n.evil.test/>")]
    [TestCase("<\nhttps://ok.org\n.evil.test/>", "<\n`https://ok.org`\n.evil.test/>")]
    [TestCase("https://ok.org/[a](https:\\/\\/evil.test/)", "`https://ok.org/[a](https:\\/\\/evil.test/)`")]
    [TestCase("https://ok.org/。`b https://evil.test/", "https://ok.org/。`b hxxps://evil.test/")]
    [TestCase("https://ok.org>@evil.test/", "`https://ok.org`>@evil.test/")]
    [TestCase("https://ok.org`.evil.test/", "hxxps://ok.org`.evil.test/")]
    [TestCase("https://ok.org/https://evil.test/", "`https://ok.org/https://evil.test/`")]
    [TestCase("[here](https\\:\\/\\/evil.test/)", "[here](`https\\:\\/\\/evil.test/`)")]
    [TestCase("[here](https:\\/\\/evil.test/://ok.org/)", "[here](`https:\\/\\/evil.test/://ok.org/`)")]
    [TestCase("https://ple.com https://example.co", "`https://ple.com` `https://example.co`")]
    [TestCase("<https:/evil.test/?s=1>", "<`https:/evil.test/?s=1`>")]
    [TestCase("<HTTP:/\\evil.test>", "<`HTTP:/\\evil.test`>")]
    [TestCase("[here](https:/evil.test)", "[here](`https:/evil.test`)")]
    [TestCase("[here](https:/\\evil.test)", "[here](`https:/\\evil.test`)")]
    [TestCase("[here](<https:\\\\evil.test>)", "[here](<`https:\\\\evil.test`>)")]
    [TestCase("[here](https:\\\\\\/evil.test)", "[here](`https:\\\\\\/evil.test`)")]
    [TestCase("[here](https:/ok.org@evil.test)", "[here](`https:/ok.org@evil.test`)")]
    [TestCase("https://ok.org/a)[x](https:/evil.test/x)", "`https://ok.org/a)[x](https:/evil.test/x`)")]
    [TestCase("https://ok.org/a)[x](https:evil.test)", "`https://ok.org/a)[x](https:evil.test`)")]
    public void ApplyLinkPolicy_ForeignHost_IsShownAsCode(string text, string expected) => Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(expected));

    [TestCase("see https://ok.org/a?b#c, https://OK.org:8080.")]
    [TestCase("https://example.com/漢字 https://named.net")]
    [TestCase("no link: http, https:, https: /x, hxxps://evil.test, mailto:a@b")]
    [TestCase("`https://evil.test`")]
    [TestCase("```\nhttps://evil.test [a](https://evil.test)\n```")]
    [TestCase("[a](b) ] ]( [x]]( ](< ")]
    public void ApplyLinkPolicy_AllowedOrNotLive_StaysAsItIs(string text) => Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(text));

    [TestCase("[click](https://ok.org/a)", "[click] (https://ok.org/a)")]
    [TestCase("[click](<https://ok.org/a>)", "[click] (<https://ok.org/a>)")]
    [TestCase("[click]( https://ok.org/a)", "[click]( `https://ok.org/a`)")]
    public void ApplyLinkPolicy_MaskedLink_ShowsItsTarget(string text, string expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(expected));
            Assert.That(DiscordText.ApplyLinkPolicy(text, LinkPolicy.AllowAll), Is.EqualTo(expected));
        }
    }

    [TestCase("[here](https:evil.test)", "[here](hxxps:evil.test)")]
    [TestCase("[here](<HTTP\\:evil.test>)", "[here](<HxxP\\:evil.test>)")]
    [TestCase("[here](\n< https:evil.test)", "[here](\n< hxxps:evil.test)")]
    public void ApplyLinkPolicy_MaskedLinkWithoutSlashes_IsWrittenHxxp(string text, string expected) =>
        Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(expected));

    [TestCase("a[0](handler) a[1](http) a[2]( https) b: http:evil.test")]
    public void ApplyLinkPolicy_NoTargetOfAMaskedLink_StaysAsItIs(string text) => Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(text));

    // A backtick that has no partner would pair with the first one of the code around the link.
    [TestCase("a ` b\nhttps://evil.test", "a ` b\nhxxps://evil.test")]
    [TestCase("``https://evil.test``", "``hxxps://evil.test``")]
    [TestCase("a ` b ```x``` https://evil.test", "a ` b ```x``` hxxps://evil.test")]
    [TestCase("a `` b https://evil.test", "a `` b hxxps://evil.test")]
    public void ApplyLinkPolicy_CodeCannotBeReliedOn_IsWrittenHxxp(string text, string expected) =>
        Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(expected));

    // To Discord the mark that opens first wins, and an escaped backtick is none: what looks like code may be none.
    [TestCase("*a https://evil.test/?s*b", "*a hxxps://evil.test/?s*b")]
    [TestCase("*a `b* https://evil.test`", "*a `b* hxxps://evil.test`")]
    [TestCase("**a ```x** b``` https://evil.test", "**a ```x** b``` hxxps://evil.test")]
    [TestCase("```\n``` https://evil.test", "```\n``` hxxps://evil.test")]
    [TestCase("\\`https://evil.test`", "\\\\`https://evil.test`")]
    [TestCase("\\https://evil.test", "\\\\`https://evil.test`")]
    [TestCase("\\```\nhttps://evil.test```", "\\\\```\nhttps://evil.test```")]
    public void ApplyLinkPolicy_CodeThatIsNone_DoesNotSetTheLinkFree(string text, string expected) =>
        Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(expected));

    [TestCase("||a ```\nhttps://evil.test||```", "||a ```\nhxxps://evil.test||```")]
    [TestCase("```\nhttps://evil.test https://ok.org/\n```", "```\nhxxps://evil.test https://ok.org/\n```")]
    [TestCase("**a\n```\n**[b](https:evil.test) c:http:d\n```", "**a\n```\n**[b](hxxps:evil.test) c:http:d\n```")]
    [TestCase("`https://evil.test`", "`https://evil.test`")]
    public void ApplyLinkPolicy_NotInCodeBlocks_IsWrittenHxxp(string text, string expected) =>
        Assert.That(DiscordText.ApplyLinkPolicy(text, Policy with { AllowInCodeBlocks = false }), Is.EqualTo(expected));

    [TestCase("**bold** `curl https://evil.test/a` and")]
    [TestCase("**bold**\n```sh\ncurl https://evil.test/a\n```")]
    public void ApplyLinkPolicy_CodeNextToMarks_StaysAsItIs(string text) => Assert.That(DiscordText.ApplyLinkPolicy(text, Policy), Is.EqualTo(text));

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(5000)]
    public void ApplyLinkPolicy_LinkLongerThanIsLookedAt_IsTheSameInAnyPieces(int size)
    {
        string document = $"https://ok.org/{new string('q', 1_300)}。 https://evil.test/x";
        var text = new MessageText(Policy, 4_000);
        foreach (string piece in Documents.Cut(document, [size]))
        {
            text.Append(piece);
        }

        text.Complete();
        Assert.That(text.Messages.Text.ToString(), Is.EqualTo(document.Replace("https://evil", "hxxps://evil", StringComparison.Ordinal)));
    }

    [Test]
    public void ApplyLinkPolicy_Default_AllowsNothing() =>
        Assert.That(DiscordText.ApplyLinkPolicy("https://discord.com", LinkPolicy.Default), Is.EqualTo("`https://discord.com`"));

    [Test]
    public void ApplyLinkPolicy_AllowAll_LeavesLinksAlone() =>
        Assert.That(DiscordText.ApplyLinkPolicy("https://evil.test", LinkPolicy.AllowAll), Is.EqualTo("https://evil.test"));
}
