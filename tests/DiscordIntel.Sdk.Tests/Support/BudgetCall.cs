using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace DiscordIntel.Tests.Support;

/// <summary>Calls as they stand when money is asked for: on their road, nothing sent.</summary>
internal static class BudgetCall
{
    /// <summary>A call to a model of the catalogue, or to one that it does not know.</summary>
    public static CallContext To(string model, IReadOnlyList<ChatMessage> messages, GenerationOptions? generation = null, ChatResponseFormat? format = null, params ModelOverride[] overrides) =>
        To(model, messages, null, generation, format, overrides);

    /// <summary>The same with functions offered.</summary>
    public static CallContext To(
        string model, IReadOnlyList<ChatMessage> messages, IList<AITool>? tools, GenerationOptions? generation = null, ChatResponseFormat? format = null, params ModelOverride[] overrides)
    {
        var options = new DiscordIntelOptions();
        var call = new ModelCall<string> { Operation = "text.complete", Messages = messages, Generation = generation, Format = format, Tools = tools, Read = static reply => Reading<string>.Of(reply.Text) };
        var context = new CallContext(call, RoadHost.Scope, options, new FakeTimeProvider(RoadHost.Start), CancellationToken.None);
        ModelCatalog catalog = ModelCatalog.Default.With(overrides);
        catalog.TryFind(model, out ModelInfo? known);
        context.Model = model;
        context.KnownModel = known;
        context.Route = new ModelRoute(options, "openai", null!, catalog, null!);
        return context;
    }

    public static CallContext To(string model, string text) => To(model, [new ChatMessage(ChatRole.User, text)]);

    public static ModelPrice PriceOf(string model) => ModelCatalog.Default.TryFind(model, out ModelInfo? known) ? known.PriceOn(DateOnly.FromDateTime(RoadHost.Start.UtcDateTime))! : throw new ArgumentException(model, nameof(model));

    /// <summary>The call with its bound reserved.</summary>
    public static CallContext Held(this CallContext context)
    {
        context.Hold = new BudgetHold(Guid.NewGuid(), CostEstimator.Bound(context, Billing.PriceOf(context, context.Model)));
        return context;
    }
}
