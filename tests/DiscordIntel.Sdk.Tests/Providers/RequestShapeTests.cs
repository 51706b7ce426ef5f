using DiscordIntel.Models;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

internal sealed class RequestShapeTests
{
    private static IEnumerable<string> ChatModels() =>
        ModelCatalog.Default.Models.Where(model => model.Kind == "chat").Select(model => model.Id).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(ChatModels))]
    public void For_EveryChatModel_SendsOnlyWhatItTakesAndTellsTheRest(string id)
    {
        ModelInfo model = Find(id);
        RequestShape shape = RequestShape.For(Options(model, temperature: 0.7f, maxOutputTokens: int.MaxValue));

        bool takesTemperature = model.Temperature switch
        {
            TemperatureSupport.Fixed => false,
            TemperatureSupport.OnlyWithoutReasoning => model.ReasoningEfforts[0] == "none",
            _ => true,
        };
        Assert.Multiple(() =>
        {
            Assert.That(shape.ReasoningEffort, Is.EqualTo(model.ReasoningEfforts.Count == 0 ? null : model.ReasoningEfforts[0]), "the least effort is always sent");
            Assert.That(shape.Temperature, Is.EqualTo(takesTemperature ? 0.7f : (float?)null));
            Assert.That(shape.MaxOutputTokens, Is.EqualTo(model.MaxOutputTokens));
            Assert.That(shape.Adjustments, Has.Count.EqualTo(takesTemperature ? 1 : 2));
        });
    }

    [Test]
    public void For_EveryEffortOfEveryModel_IsSent() => Assert.Multiple(() =>
    {
        foreach (ModelInfo model in ChatModels().Select(Find))
        {
            foreach (string effort in model.ReasoningEfforts)
            {
                RequestShape shape = RequestShape.For(Options(model, effort, 0.5f));
                Assert.That(shape.ReasoningEffort, Is.EqualTo(effort), model.Id);
                Assert.That(
                    shape.Temperature is not null,
                    Is.EqualTo(model.Temperature is TemperatureSupport.Any || (model.Temperature is not TemperatureSupport.Fixed && effort == "none")),
                    $"{model.Id} with {effort}");
            }
        }
    });

    [Test]
    public void For_EffortTheModelLacks_IsAnErrorThatNamesTheAllowedOnes()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(() => RequestShape.For(Options(Find("gpt-5-mini"), "xhigh")))!;

        Assert.That(thrown.Fault.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(thrown.Fault.Message, Is.EqualTo("The model gpt-5-mini takes no reasoning effort 'xhigh'. It takes: minimal, low, medium, high."));
    }

    [Test]
    public void For_ModelWithoutEfforts_LeavesTheEffortOutAndSaysSo()
    {
        RequestShape shape = RequestShape.For(Options(Find("gpt-4o"), "high"));

        Assert.That(shape.ReasoningEffort, Is.Null);
        Assert.That(shape.Adjustments, Is.EqualTo(new[] { "reasoning effort 'high' not sent: gpt-4o does not reason." }));
    }

    [Test]
    public void For_TemperatureNotAllowed_SaysWhy()
    {
        Assert.That(
            RequestShape.For(Options(Find("gpt-5"), temperature: 0.7f)).Adjustments,
            Is.EqualTo(new[] { "temperature 0.7 not sent: for gpt-5 it is fixed." }));
        Assert.That(
            RequestShape.For(Options(Find("gpt-6-luna"), "low", 0.7f)).Adjustments,
            Is.EqualTo(new[] { "temperature 0.7 not sent: for gpt-6-luna it may be set only with reasoning effort 'none'." }));
    }

    [Test]
    public void For_MoreOutputThanTheModelGives_IsLowered()
    {
        RequestShape shape = RequestShape.For(Options(Find("gpt-4o"), maxOutputTokens: 20000));

        Assert.That(shape.MaxOutputTokens, Is.EqualTo(16384));
        Assert.That(shape.Adjustments, Is.EqualTo(new[] { "max output tokens lowered from 20000 to 16384, the most that gpt-4o gives." }));
        Assert.That(RequestShape.For(Options(Find("gpt-4o"), maxOutputTokens: 16384)).Adjustments, Is.Empty);
    }

    [Test]
    public void For_UnknownModel_SendsWhatIsAsked()
    {
        RequestShape shape = RequestShape.For(new IntelChatOptions { ModelId = "local-llama", ReasoningEffort = "odd", Temperature = 1.5f, MaxOutputTokens = 999999 });

        Assert.That((shape.Model, shape.ReasoningEffort, shape.Temperature, shape.MaxOutputTokens), Is.EqualTo(("local-llama", "odd", 1.5f, 999999)));
        Assert.That(shape.Adjustments, Is.Empty);
    }

    [Test]
    public void For_PlainChatOptions_Serves() =>
        Assert.That(RequestShape.For(new ChatOptions { ModelId = "gpt-4o", MaxOutputTokens = 5 }).MaxOutputTokens, Is.EqualTo(5));

    [Test]
    public void For_NoModel_IsAnErrorThatNamesTheSetting() =>
        Assert.That(Assert.Throws<ProviderException>(() => RequestShape.For(null))!.Fault.Message, Does.Contain("DiscordIntel:Models:Text"));

    [Test]
    public void For_SchemaOnAModelThatTakesNone_IsAnErrorThatNamesTheModel()
    {
        var model = new ModelInfo { Id = "plain", StructuredOutputs = false };

        ProviderException thrown = Assert.Throws<ProviderException>(
            () => RequestShape.For(new IntelChatOptions { Model = model, ResponseFormat = ChatResponseFormat.Json }))!;
        Assert.That(thrown.Fault.Message, Does.StartWith("The model plain takes no JSON schema"));
    }

    private static ModelInfo Find(string id) =>
        ModelCatalog.Default.TryFind(id, out ModelInfo? model) ? model : throw new InvalidOperationException($"The catalogue has no {id}.");

    private static IntelChatOptions Options(ModelInfo model, string? effort = null, float? temperature = null, int? maxOutputTokens = null) =>
        new() { ModelId = model.Id, Model = model, ReasoningEffort = effort, Temperature = temperature, MaxOutputTokens = maxOutputTokens };
}
