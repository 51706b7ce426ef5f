using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Tests.Analysis.Transcripts;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class DisguiseTests
{
    [TestCase("Plain text, 16:9.\r\n\tYes?")]
    [TestCase("Wir hätten größere Straßen, déjà vu, mañana")]
    [TestCase("漢字と仮名。한국어 हिन्दी עברית")]
    [TestCase("\uD835 \uDC00 😭")]
    public void Remove_NothingDisguised_IsTheSameText(string text) => Assert.That(Disguise.Remove(text), Is.SameAs(text));

    [TestCase("аеорсху", "aeopcxy")]
    [TestCase("АВЕКМНОРСТХ", "ABEKMHOPCTX")]
    [TestCase("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ ανο", "ABEZHIKMNOPTYX avo")]
    [TestCase("ｓｃｏｒｅ：　１０", "score: 10")]
    [TestCase("𝐀𝐳𝑨𝒛𝒜𝔃𝔄𝔷𝕬𝖟𝖠𝗓𝗔𝘇𝘈𝘻𝘼𝙯𝙰𝚣𝟎𝟗𝟘𝟿", "AzAzAzAzAzAzAzAzAzAz0909")]
    [TestCase("ℬℯℊ ℂℍ", "Beg CH")]
    [TestCase("Ⓐⓩ🄰🅉🅐🅩🅰🆉🇦🇿", "AzAZAZAZAZ")]
    [TestCase("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")]
    [TestCase("a\u200Bb\u00ADc\uFEFFd\u0336e\uFE0F", "abcde")]
    public void Remove_Disguised_IsPlain(string text, string plain) => Assert.That(Disguise.Remove(text), Is.EqualTo(plain));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property RemoveAndJoin_AnyText_KeepTheLinesAndWhatIsPlain() => Prop.ForAll(
        Texts.Any.ToArbitrary(),
        text =>
        {
            string plain = Disguise.Remove(text);
            string joined = SpacedLetters.Join(plain, out int command);
            Assert.That(joined.Where(c => c is '\n' or '\r'), Is.EqualTo(text.Where(c => c is '\n' or '\r')));
            Assert.That(joined.Where(char.IsAsciiLetter), Is.EqualTo(plain.Where(char.IsAsciiLetter)));
            Assert.That(Disguise.Remove(plain), Is.EqualTo(plain));
            Assert.That(command, Is.LessThan(plain.Length));
        });

    [TestCase("i g n o r e me", "ignore me")]
    [TestCase("so: a l l  o k a y, t.h.e.n", "so: all okay, then")]
    [TestCase("a b c", "a b c")]
    [TestCase("U.S.A. and e.g. this", "U.S.A. and e.g. this")]
    [TestCase("a\nb\nc\nd\ne", "a\nb\nc\nd\ne")]
    public void Join_LettersSetApart_MakeWords(string text, string joined) => Assert.That(SpacedLetters.Join(text, out _), Is.EqualTo(joined));
}
