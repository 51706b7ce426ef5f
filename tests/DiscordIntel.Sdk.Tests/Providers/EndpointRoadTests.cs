using System.Text.Json;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Providers.Wire;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>Which way a request goes when nobody forces it, and what is told of it.</summary>
internal sealed class EndpointRoadTests
{
    private static readonly ChatMessage[] Asked = [new(ChatRole.User, "What time is it?")];

    [TestCase(false, null, "/v1/chat/completions", "chat_completions")]
    [TestCase(false, "high", "/v1/chat/completions", "chat_completions")]
    [TestCase(true, null, "/v1/chat/completions", "chat_completions")]
    [TestCase(true, "low", "/v1/responses", "responses")]
    public async Task Turn_Automatic_GoesWhereTheModelTakesIt(bool hasTools, string? effort, string path, string api)
    {
        await using TalkHost host = await TalkHost.OpenAsync(OpenAIApi.Automatic, onPort: false);

        StepResult<ChatResponse> result = await host.TurnAsync(Asked, hasTools ? ToolSamples.Tools : null, effort);

        Assert.That(result.IsSuccess, result.Error?.Message);
        Assert.That((host.Emulator.Requests.Single().Path, result.Receipt.Api), Is.EqualTo((path, api)));
    }

    /// <summary>Nothing is stored at the provider, so hidden reasoning travels with the conversation; the emulator refuses any that is not its own, or out of place.</summary>
    [Test]
    public async Task Turn_FunctionsWithReasoning_CarriesTheReasoningBack()
    {
        await using TalkHost host = await TalkHost.OpenAsync(
            OpenAIApi.Automatic, false, null, EmulatorReply.ToolCalls(("get_time", "{}")), EmulatorReply.ToolCalls(("ping", "{}")), EmulatorReply.Text("Nine."), EmulatorReply.Text("Sure."));
        var messages = new List<ChatMessage>(Asked);
        for (int round = 0; round < 2; round++)
        {
            StepResult<ChatResponse> called = await host.TurnAsync(messages, ToolSamples.Tools, "low");
            messages.AddRange(called.ValueOrThrow().Messages);
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(called.Value!.Messages[0].Contents.OfType<FunctionCallContent>().Single().CallId, "9")]));
        }

        StepResult<ChatResponse> answered = await host.TurnAsync(messages, ToolSamples.Tools, "low");
        messages.AddRange(answered.ValueOrThrow().Messages);
        messages.Add(new ChatMessage(ChatRole.User, "Sure?"));
        StepResult<ChatResponse> last = await host.TurnAsync(messages, ToolSamples.Tools, "low");

        Assert.That((answered.Value!.Text, last.Value?.Text), Is.EqualTo(("Nine.", "Sure.")), last.Error?.Message);
        Assert.That(
            host.Emulator.Requests[^1].Body.GetProperty("input").EnumerateArray().Select(item => item.TryGetProperty("type", out JsonElement type) ? type.GetString() : item.GetProperty("role").GetString()),
            Is.EqualTo(new[] { "user", "reasoning", "function_call", "function_call_output", "reasoning", "function_call", "function_call_output", "reasoning", "assistant", "user" }));
    }

    /// <summary>The other API cannot take the reasoning and does not get it: the conversation goes on all the same.</summary>
    [Test]
    public async Task Turn_ContinuedWithoutReasoning_GoesOnOverTheOtherApi()
    {
        await using TalkHost host = await TalkHost.OpenAsync(OpenAIApi.Automatic, false, null, EmulatorReply.ToolCalls(("get_time", "{}")), EmulatorReply.Text("Nine."));
        StepResult<ChatResponse> called = await host.TurnAsync(Asked, ToolSamples.Tools, "low");

        StepResult<ChatResponse> answered = await host.TurnAsync(
            [.. Asked, .. called.ValueOrThrow().Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_emulator_1_0", "9")])], ToolSamples.Tools, "none");

        Assert.That((answered.Value?.Text, called.Receipt.Api, answered.Receipt.Api), Is.EqualTo(("Nine.", "responses", "chat_completions")), answered.Error?.Message);
        Assert.That(host.Emulator.Requests[1].RawBody, Does.Not.Contain("gAAAA"));
    }

    [Test]
    public async Task Turn_ForcedToChatThatRefuses_SendsNothing()
    {
        await using TalkHost host = await TalkHost.OpenAsync(OpenAIApi.ChatCompletions, onPort: false);

        StepResult<ChatResponse> result = await host.TurnAsync(Asked, ToolSamples.Tools, "low");

        Assert.That((result.Error?.Kind, result.Receipt.Attempts), Is.EqualTo(((StepErrorKind?)StepErrorKind.InvalidRequest, 0)));
        Assert.That(result.Error!.Message, Does.Contain("DiscordIntel:OpenAI:Api"));
        Assert.That(host.Emulator.Requests, Is.Empty);
    }

    [Test]
    public async Task Turn_CatalogueCorrected_GoesTheOtherWay()
    {
        await using TalkHost host = await TalkHost.OpenAsync(
            OpenAIApi.Automatic, false, options => options.Models.Catalog.Add(new DiscordIntel.Models.ModelOverride { Id = "gpt-4o", ToolsOnChat = DiscordIntel.Models.ToolSupport.Never }));

        StepResult<ChatResponse> result = await host.TurnAsync(Asked, ToolSamples.Tools, null, "gpt-4o");

        Assert.That(result.Receipt.Api, Is.EqualTo("responses"), result.Error?.Message);
    }

    [Test]
    public async Task Receipt_OutOfTheCache_NamesNoApi()
    {
        await using TalkHost host = await TalkHost.OpenAsync(OpenAIApi.Responses, false, options => options.Cache.FreeText = true);
        await host.Text.CompleteAsync("Hi there.", TalkHost.Scope);

        StepReceipt receipt = (await host.Text.CompleteAsync("Hi there.", TalkHost.Scope)).Receipt;

        Assert.That((receipt.FromCache, receipt.Api), Is.EqualTo((true, (string?)null)));
    }
}
