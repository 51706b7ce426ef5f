using DiscordIntel.Models;
using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class EndpointChoiceTests
{
    [TestCase("gpt-6-luna", false, "none", "chat_completions")]
    [TestCase("gpt-6-luna", false, "high", "chat_completions")]
    [TestCase("gpt-6-luna", true, "none", "chat_completions")]
    [TestCase("gpt-6-luna", true, "low", "responses")]
    [TestCase("gpt-6-luna", true, null, "responses", Description = "left out, the provider's own default makes it reason")]
    [TestCase("gpt-6.1-terra", true, "none", "responses")]
    [TestCase("gpt-6.1-sol", false, "low", "chat_completions")]
    [TestCase("gpt-6.2-sol", true, "low", "responses")]
    [TestCase("gpt-4o-mini", true, null, "chat_completions")]
    [TestCase("gpt-5-mini", true, "high", "chat_completions")]
    [TestCase("openai/gpt-6-luna", true, "low", "chat_completions", Description = "OpenRouter translates by itself")]
    [TestCase("house-model", true, "low", "chat_completions")]
    public void For_Automatic_IsWhereTheModelTakesTheRequest(string model, bool hasTools, string? effort, string api)
    {
        ModelCatalog.Default.TryFind(model, out ModelInfo? known);

        Assert.That(EndpointChoice.For(OpenAIApi.Automatic, hasTools, effort, model, known).Name, Is.EqualTo(api));
    }

    /// <summary>Whatever the catalogue holds: functions with reasoning never go where they would be refused, and nothing else is moved.</summary>
    [Test]
    public void For_EveryChatModelOfOpenAI_NeverSendsWhatChatRefuses()
    {
        foreach (ModelInfo model in ModelCatalog.Default.Models.Where(model => model.Kind == "chat" && !model.Id.Contains('/', StringComparison.Ordinal)))
        {
            Assert.That(model.ToolsOnChat, Is.Not.EqualTo(ToolSupport.Unknown), model.Id);
            foreach (string effort in model.ReasoningEfforts)
            {
                bool isRefused = model.ToolsOnChat is ToolSupport.Never || (model.ToolsOnChat is ToolSupport.OnlyWithoutReasoning && effort != "none");
                Assert.That(EndpointChoice.For(OpenAIApi.Automatic, true, effort, model.Id, model).Name, Is.EqualTo(isRefused ? "responses" : "chat_completions"), $"{model.Id} {effort}");
                Assert.That(EndpointChoice.For(OpenAIApi.Automatic, false, effort, model.Id, model).Name, Is.EqualTo("chat_completions"), $"{model.Id} {effort}");
            }
        }
    }

    [Test]
    public void For_Responses_IsResponsesForEverything() =>
        Assert.That(EndpointChoice.For(OpenAIApi.Responses, false, null, "house-model", null).Name, Is.EqualTo("responses"));

    [TestCase("gpt-6-luna", "low", "The model gpt-6-luna takes no functions on Chat Completions with reasoning effort 'low', and DiscordIntel:OpenAI:Api allows nothing else. Set it to Automatic, or name another model.")]
    [TestCase("gpt-6.1-sol", "low", "The model gpt-6.1-sol takes no functions on Chat Completions, and DiscordIntel:OpenAI:Api allows nothing else. Set it to Automatic, or name another model.")]
    public void For_ChatCompletionsThatRefuse_SaysSoBeforeItIsSent(string model, string effort, string message)
    {
        ModelCatalog.Default.TryFind(model, out ModelInfo? known);

        ProviderException thrown = Assert.Throws<ProviderException>(() => EndpointChoice.For(OpenAIApi.ChatCompletions, true, effort, model, known))!;

        Assert.That(thrown.Fault.Message, Is.EqualTo(message));
    }

    [Test]
    public void For_ChatCompletionsThatTakeIt_IsChat()
    {
        ModelCatalog.Default.TryFind("gpt-6-luna", out ModelInfo? known);

        Assert.That(EndpointChoice.For(OpenAIApi.ChatCompletions, true, "none", "gpt-6-luna", known).Name, Is.EqualTo("chat_completions"));
    }
}
