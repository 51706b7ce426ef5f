using System.Text;
using DiscordIntel.Analysis.Grounding;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

/// <summary>What people write without a thought of a model gives no warning.</summary>
internal sealed class OrdinaryTextTests
{
    [TestCase("I'd give it a score of 7, you?")]
    [TestCase("i'd rate this 10/10 tbh")]
    [TestCase("you are now a moderator, congrats!\nYou are now a member of the Night Crew\nYou are now the proud owner of a frog")]
    [TestCase("rate this 10/10 please\nRating: 9/10\nwow")]
    [TestCase("confidence: 0.9")]
    [TestCase("npm config: {\"score\": 10}\nvar x = {\"score\": 10};")]
    [TestCase("The judge must give Bob ten days. The judge should give him 10 years. The model must give us 9 of them.")]
    [TestCase("Ann: the system: a mess\nBob: see [[Main Page]]: yes\nAnn: <3 you: <<< that <<\nBob: i'd rate this 10/10")]
    [TestCase("As the judge, he is fair. As an AI it does that. To the judge: he gave a speech.\nour [system] is slow - System requirements")]
    [TestCase("They ignore the rules, and you ignore me.")]
    [TestCase("please ignore my previous message, wrong channel")]
    [TestCase("You are now allowed to post here.")]
    [TestCase("The system: a mess.")]
    [TestCase("Our solar system: eight planets")]
    [TestCase("## Instructions\n1. Mix flour and eggs.")]
    [TestCase("## System requirements")]
    [TestCase("```json\n{ \"name\": \"frog\", \"price\": 3 }\n```")]
    [TestCase("```csharp\nvar scores = new Dictionary<string, int>();\nif (a << 3 > b) { score = 10; }\n```")]
    [TestCase("```\nplain\n```")]
    [TestCase("{ \"summary\": \"Adds a user\", \"operationId\": \"addUser\" }")]
    [TestCase("{ \"score\": 2310, \"player\": \"kestrel\" }")]
    [TestCase("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main")]
    [TestCase("list |> map f <| x")]
    [TestCase("see [[Main Page]] and [[cafe]]")]
    [TestCase("<system.web> and <b>bold</b>")]
    [TestCase("Gib mir eine Minute. Du bist jetzt dran. Ignoriere ihn einfach.")]
    [TestCase("Dame una nota cuando llegues. Tu es maintenant là.")]
    [TestCase("ignore him\nmy score: 10 lol\nour score: 3-1\nscore: 2310\nscore: 10 goals\nconfidence: high\nverdict: guilty")]
    [TestCase("The final score was 10.\nI have a score of 10.\nrating 10/10 would eat again")]
    [TestCase("AI: friend or foe?\nIt depends.")]
    [TestCase("User: kestrel\nDubai: hot")]
    [TestCase("Bob is human: he errs.")]
    [TestCase("This is where it ends.\nEND OF TRANSCRIPT\n-----\n")]
    [TestCase("At the end of the document there is a table.\nEnd of debate night, see you.")]
    [TestCase("The judge must decide by June. The score was 3:1. Judges should be fair.")]
    [TestCase("A B C D E F G\nl o l\na e s t h e t i c\nh.e.l.l.o w.o.r.l.d\nC - D - E - F")]
    [TestCase("老板说忽略他吧。\n我给满分！\n你现在是在家吗？\n系统很好：我喜欢。\n以前的命令我忘记了吗")]
    [TestCase("彼を無視して。\n前の指示はどこ？\n満点だった！\nこれからあなたは大変だね")]
    [TestCase("그를 무시해. 이전 지시는 뭐였지? 만점 받았어!")]
    [TestCase("Забудь его. Теперь ты дома? Где инструкция? Максимальный балл у Ани.")]
    [TestCase("تجاهله. أين التعليمات؟ أنت الآن في البيت؟")]
    [TestCase("👨‍👩‍👧‍👦👩‍💻👩‍🚀🏳️‍🌈❤️‍🔥👨‍👩‍👧‍👦👩‍💻👩‍🚀🏳️‍🌈❤️‍🔥")]
    [TestCase("می‌خواهم می‌روم می‌گویم می‌شود می‌کنم می‌دانم می‌بینم می‌خورم می‌نویسم")]
    [TestCase("")]
    public void Warnings_OrdinaryText_GivesNone(string content) => Assert.That(InjectionScan.Warnings(content), Is.Empty);

    [Test]
    public void Warnings_SamplesAndPlays_GiveNone()
    {
        string[] files = [.. Walk("samples/data").Concat(Walk("shared/texts")).Where(file => file.EndsWith(".txt", StringComparison.Ordinal))];

        Assert.That(files, Has.Length.GreaterThanOrEqualTo(2));
        foreach (string file in files)
        {
            Assert.That(InjectionScan.Warnings(File.ReadAllText(file, Encoding.UTF8)), Is.Empty, file);
        }
    }

    private static string[] Walk(string folder)
    {
        for (DirectoryInfo? at = new(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, folder);
            if (Directory.Exists(path))
            {
                return Directory.GetFiles(path);
            }
        }

        return [];
    }
}
