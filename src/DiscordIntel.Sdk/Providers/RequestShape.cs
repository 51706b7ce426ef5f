using System.Globalization;
using DiscordIntel.Models;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>The parameters as this model takes them, and what had to be changed for it.</summary>
internal sealed class RequestShape
{
    private List<string>? _adjustments;

    private RequestShape(string model) => Model = model;

    public string Model { get; }

    public int? MaxOutputTokens { get; private set; }

    public float? Temperature { get; private set; }

    public string? ReasoningEffort { get; private set; }

    /// <summary>The API of the server that the request goes to.</summary>
    public IWireEndpoint Endpoint { get; private set; } = ChatEndpoint.Instance;

    public IReadOnlyList<string> Adjustments => _adjustments ?? (IReadOnlyList<string>)[];

    /// <exception cref="ProviderException">The model cannot do what is asked, and leaving it out would change what the caller gets.</exception>
    public static RequestShape For(ChatOptions? options)
    {
        var ours = options as IntelChatOptions;
        ModelInfo? known = ours?.Model;
        var shape = new RequestShape(options?.ModelId ?? known?.Id ?? throw Invalid("No model is named. Set DiscordIntel:Models:Text."));
        if (known?.StructuredOutputs is false && options?.ResponseFormat is ChatResponseFormatJson)
        {
            throw Invalid($"The model {shape.Model} takes no JSON schema. Name another one for this call or in DiscordIntel:Models:Text.");
        }

        shape.ReasoningEffort = shape.Effort(ours?.ReasoningEffort, known);
        shape.Temperature = shape.AllowedTemperature(options?.Temperature, known);
        shape.MaxOutputTokens = shape.AllowedOutput(options?.MaxOutputTokens, known);
        return shape;
    }

    private string? Effort(string? asked, ModelInfo? known)
    {
        if (known is null)
        {
            return asked;
        }

        if (known.ReasoningEfforts.Count == 0)
        {
            // No efforts and any temperature: a model that does not reason. No efforts otherwise: they are not known.
            if (known.Temperature is not TemperatureSupport.Any)
            {
                return asked;
            }

            if (asked is not null)
            {
                Adjust($"reasoning effort '{asked}' not sent: {Model} does not reason.");
            }

            return null;
        }

        if (asked is not null && !known.ReasoningEfforts.Contains(asked))
        {
            throw Invalid($"The model {Model} takes no reasoning effort '{asked}'. It takes: {string.Join(", ", known.ReasoningEfforts)}.");
        }

        // Always sent: left out, the provider's own default makes a cheap call think and pay for it.
        return asked ?? known.ReasoningEfforts[0];
    }

    private float? AllowedTemperature(float? asked, ModelInfo? known)
    {
        bool allowed = known?.Temperature switch
        {
            TemperatureSupport.Fixed => false,
            TemperatureSupport.OnlyWithoutReasoning => ReasoningEffort is "none",

            // A model that reasons and of which no more is known: OpenAI's take a temperature only without.
            TemperatureSupport.Unknown when known.ReasoningEfforts.Count > 0 => ReasoningEffort is "none",
            _ => true,
        };
        if (asked is null || allowed)
        {
            return asked;
        }

        string reason = known!.Temperature is TemperatureSupport.Fixed ? "it is fixed" : "it may be set only with reasoning effort 'none'";
        Adjust(string.Create(CultureInfo.InvariantCulture, $"temperature {asked} not sent: for {Model} {reason}."));
        return null;
    }

    private int? AllowedOutput(int? asked, ModelInfo? known)
    {
        if (asked > known?.MaxOutputTokens)
        {
            Adjust(string.Create(CultureInfo.InvariantCulture, $"max output tokens lowered from {asked} to {known.MaxOutputTokens}, the most that {Model} gives."));
            return known.MaxOutputTokens;
        }

        return asked;
    }

    private void Adjust(string what) => (_adjustments ??= []).Add(what);

    internal static ProviderException NotSent(AIContent? content) => Invalid(
        $"A message holds {content?.GetType().Name ?? "a null"}, which this version does not send. Send text, images, or calls of functions and their results.");

    internal static ProviderException NotJson(AIContent content) => Invalid(
        $"A {content.GetType().Name} holds a value that JSON cannot hold. Give text, numbers, lists or a JsonElement.");

    internal static ProviderException Invalid(string message) => new(new ProviderFault
    {
        Kind = StepErrorKind.InvalidRequest,
        Message = message,
        IsOurs = true,
    });
}
