using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests;

[TestFixture(Form.InProcess)]
[TestFixture(Form.Loopback)]
internal sealed class BilledTests(Form form)
{
    // 16 bytes asked and 24 answered: 4 and 6 tokens.
    private const string Question = "Sixteen letters!";
    private static readonly EmulatorReply Answer = EmulatorReply.Text("seven77 eight888 nine999");

    [TestCase(true)]
    [TestCase(false)]
    public async Task Billed_CompleteReply_CountsWhatItsUsageSays(bool stream)
    {
        Assert.That(await BillAsync(Answer, stream), Is.EqualTo(Bill(4, 6)));
        Assert.That(await BillAsync(Answer.WithUsage(false), stream), Is.EqualTo(Bill(4, 6)));
        Assert.That(await BillAsync(EmulatorReply.Refusal("sorry."), stream), Is.EqualTo(Bill(4, 2)));
        Assert.That(await BillAsync(EmulatorReply.ToolCalls(("a", "{}"), ("b", "{\"a\":1}")), stream), Is.EqualTo(Bill(4, 3)));
        Assert.That(await BillAsync(EmulatorReply.NoChoices(), stream), Is.EqualTo(Bill(4, 0)));
        Assert.That(await BillAsync(EmulatorReply.ContentFiltered(), stream), Is.EqualTo(Bill(4, 0)));
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(2, 2)]
    [TestCase(3, 4)]
    [TestCase(4, 6)]
    public async Task Billed_BrokenStream_CountsWhatWasGenerated(int chunks, int tokens)
    {
        Assert.That(await BillAsync(Answer.CutAfter(chunks), stream: true), Is.EqualTo(Bill(4, tokens)));
        Assert.That(await BillAsync(Answer.ResetAfter(chunks), stream: true), Is.EqualTo(Bill(4, tokens)));
        Assert.That(await BillAsync(Answer.ErrorAfter(chunks), stream: true), Is.EqualTo(Bill(4, tokens)));
        Assert.That(await BillAsync(Answer.RouterErrorAfter(chunks, 502), stream: true), Is.EqualTo(Bill(4, tokens)));
    }

    [Test]
    public async Task Billed_NoCompletion_IsFree()
    {
        EmulatorReply[] free = [EmulatorReply.RateLimited(), EmulatorReply.ServerError(), EmulatorReply.Reset(), EmulatorReply.ErrorInOk(), EmulatorReply.Raw(200, "{}"), EmulatorReply.EmptyBody()];
        await using StreamClient client = await StreamClient.OpenAsync(form, free);

        foreach (EmulatorReply _ in free)
        {
            await AskAsync(client, stream: true);
        }

        await client.ReadAsync("{}");
        Assert.That(client.Emulator.Requests, Has.Count.EqualTo(free.Length + 1));
        Assert.That(client.Emulator.Billed, Is.Empty);
    }

    [Test]
    public async Task Billed_SeveralModels_HasALineForEach()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, new OpenAIEmulator().Always(Answer));

        foreach (string model in new[] { "b", "a", "b" })
        {
            await client.ReadAsync(EmulatorClient.Chat(Question, model: model));
        }

        Assert.That(client.Emulator.Billed, Is.EqualTo(new[] { Bill(4, 6) with { Model = "a" }, Bill(8, 12) with { Model = "b", Completions = 2 } }));
    }

    private static EmulatorBill Bill(long input, long output) => new() { Model = "emulator", Completions = 1, InputTokens = input, OutputTokens = output };

    private async Task<EmulatorBill> BillAsync(EmulatorReply reply, bool stream)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, reply);
        await AskAsync(client, stream);
        return client.Emulator.Billed.Single();
    }

    private static async Task AskAsync(StreamClient client, bool stream)
    {
        try
        {
            await client.ReadAsync(stream ? StreamClient.Chat(Question) : EmulatorClient.Chat(Question));
        }
        catch (HttpRequestException)
        {
            // Broken on purpose.
        }
    }
}
