using DiscordIntel.Providers;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Providers;

/// <summary>Our client to code that speaks the common vocabulary.</summary>
internal sealed class OpenAIChatClientTests
{
    [Test]
    public async Task GetStreamingResponseAsync_Whole_GivesTextThenItsEnd()
    {
        List<ChatResponseUpdate> updates = await UpdatesAsync(Whole("Par", "is"));

        ChatResponse reply = updates.ToChatResponse();
        Assert.That(updates.Select(update => update.Text), Is.EqualTo(new[] { "Par", "is" }).Or.EqualTo(new[] { "Par", "is", "" }).Or.EqualTo(new[] { "Par", "is", "", "" }));
        Assert.That((reply.Text, reply.FinishReason, reply.ModelId, reply.ResponseId), Is.EqualTo(("Paris", (ChatFinishReason?)ChatFinishReason.Stop, "gpt-6-luna", "chatcmpl-1")));
        Assert.That((reply.Usage?.InputTokenCount, reply.Usage?.OutputTokenCount), Is.EqualTo(((long?)10, (long?)5)));
    }

    /// <summary>In this vocabulary an answer that broke off is one without a finish reason.</summary>
    [Test]
    public async Task GetStreamingResponseAsync_CutOffAfterTheFinish_HasNoFinishReason() =>
        Assert.That((await UpdatesAsync(Piece("Par") + Finish())).Select(update => update.FinishReason), Is.All.Null);

    [Test]
    public async Task GetStreamingResponseAsync_Refusal_IsErrorContent()
    {
        List<ChatResponseUpdate> updates = await UpdatesAsync(Refusal("No.") + Finish() + Bill + Done);

        Assert.That(updates.SelectMany(update => update.Contents).OfType<ErrorContent>().Single().Message, Is.EqualTo("No."));
    }

    [Test]
    public void GetStreamingResponseAsync_ErrorInTheStream_IsThrown() =>
        Assert.That(async () => await UpdatesAsync(Piece("Par") + ServerError), Throws.InstanceOf<ProviderException>());

    private static async Task<List<ChatResponseUpdate>> UpdatesAsync(string events)
    {
        using var handler = new RoadHandler(TimeProvider.System).ThenEvents(events);
        using var factory = new OpenAIClientFactory(TimeProvider.System);
        var options = new DiscordIntelOptions();
        options.OpenAI.ApiKey = RoadHost.ApiKey;
        options.OpenAI.PrimaryHandler = () => handler;
        return await factory.Create(options).GetStreamingResponseAsync("Hi", new ChatOptions { ModelId = "gpt-6-luna" }).ToListAsync();
    }
}
