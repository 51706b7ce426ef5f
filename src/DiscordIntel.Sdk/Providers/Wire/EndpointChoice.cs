using DiscordIntel.Models;

namespace DiscordIntel.Providers.Wire;

/// <summary>Which API a request goes to, by what the catalogue knows of its model.</summary>
internal static class EndpointChoice
{
    /// <exception cref="ProviderException">The configured API does not take it.</exception>
    public static IWireEndpoint For(OpenAIApi asked, bool hasTools, string? effort, string model, ModelInfo? known)
    {
        bool isRefusedOnChat = hasTools && known?.ToolsOnChat switch
        {
            ToolSupport.Never => true,
            ToolSupport.OnlyWithoutReasoning => effort is not "none",
            _ => false,
        };
        if (asked is OpenAIApi.Responses || (asked is OpenAIApi.Automatic && isRefusedOnChat))
        {
            return ResponsesEndpoint.Instance;
        }

        return !isRefusedOnChat
            ? ChatEndpoint.Instance
            : throw RequestShape.Invalid(
                $"The model {model} takes no functions on Chat Completions{(known!.ToolsOnChat is ToolSupport.OnlyWithoutReasoning ? $" with reasoning effort '{effort}'" : "")}, "
                + "and DiscordIntel:OpenAI:Api allows nothing else. Set it to Automatic, or name another model.");
    }
}
