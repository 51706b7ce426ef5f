namespace DiscordIntel.Providers;

/// <summary>The API of an OpenAI-compatible server that answers chats.</summary>
public enum OpenAIApi
{
    /// <summary>
    /// Chat Completions, unless the catalogue says that the model does not take the call's functions there: then Responses. A model that the catalogue does not know
    /// is asked over Chat Completions, which every compatible server has.
    /// </summary>
    Automatic,

    /// <summary>Always Chat Completions: for servers that have nothing else. Functions that the model does not take there are an invalid request.</summary>
    ChatCompletions,

    /// <summary>Always Responses. Nothing is stored there by the provider: every request says so.</summary>
    Responses,
}
