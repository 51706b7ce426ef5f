using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// A provider of somebody else's making. Each call, plain or streamed, plays the next script (the last one again and again); a plain call gets the script's updates as one reply.
/// </summary>
internal sealed class RoadChatClient(params RoadChatClient.Script[] scripts) : IChatClient
{
    /// <summary>The updates of one call, by the call's own token.</summary>
    public delegate IAsyncEnumerable<ChatResponseUpdate> Script(CancellationToken token);

    public int Calls { get; private set; }

    /// <summary>Streams whose enumerators were disposed of.</summary>
    public int Closed { get; private set; }

    public List<CancellationToken> Tokens { get; } = [];

    public ChatOptions? LastOptions { get; private set; }

    /// <summary>A whole answer: its parts, then the reason for its end.</summary>
    public static Script Says(params string[] parts) => _ => Updates(parts, ChatFinishReason.Stop, null);

    /// <summary>Some parts, and then the end of the stream without a reason.</summary>
    public static Script BreaksOff(params string[] parts) => _ => Updates(parts, null, null);

    public static Script Throws(Exception fault, params string[] before) => _ => Updates(before, null, fault);

    /// <summary>Gives some parts, then nothing more until its token is cancelled.</summary>
    public static Script Stalls(params string[] before) => token => Stall(before, token);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await Next(options, cancellationToken).ToChatResponseAsync(CancellationToken.None);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (ChatResponseUpdate update in Next(options, cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            Closed++;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private IAsyncEnumerable<ChatResponseUpdate> Next(ChatOptions? options, CancellationToken token)
    {
        Tokens.Add(token);
        LastOptions = options;
        return scripts[Math.Min(Calls++, scripts.Length - 1)](token);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(string[] parts, ChatFinishReason? finish, Exception? fault)
    {
        foreach (string part in parts)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, part);
        }

        await Task.CompletedTask;
        if (fault is not null)
        {
            throw fault;
        }

        if (finish is not null)
        {
            yield return new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = finish };
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Stall(string[] before, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (string part in before)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, part);
        }

        await Task.Delay(Timeout.Infinite, token);
    }
}
