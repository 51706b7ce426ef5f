using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>A reply as it comes, ours or a foreign client's. Its own token was given when it was opened.</summary>
internal interface IReplyStream : IAsyncDisposable
{
    /// <summary>The text that came last.</summary>
    string Text { get; }

    /// <summary>Whether the provider has said that this was all.</summary>
    bool IsComplete { get; }

    /// <summary>Moves to the next piece, which may be without text; false at the end of the stream.</summary>
    ValueTask<bool> NextAsync();

    /// <summary>What came until now as one reply.</summary>
    ChatResponse ToResponse(string text);
}
