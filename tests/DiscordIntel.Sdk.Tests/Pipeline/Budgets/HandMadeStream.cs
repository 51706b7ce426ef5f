using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>A provider's stream as chance makes it, attempt by attempt, and a reader who leaves when chance says so.</summary>
internal sealed class HandMadeStream(int seed) : IChatClient
{
    private static readonly Leave[] Readers =
    [
        Leave.Never, Leave.Never, Leave.Never, Leave.Never, Leave.Never, Leave.Never, Leave.Break, Leave.Break, Leave.Break, Leave.Break,
        Leave.Cancel, Leave.Cancel, Leave.Cancel, Leave.CancelDuringTheWait, Leave.CancelDuringTheWait, Leave.CancelBefore,
    ];

    private readonly Random _chance = new(seed);

    public enum End
    {
        Complete,
        Fault,
        Refused,
        NullUpdate,
        Stall,
    }

    public enum Leave
    {
        Never,
        Break,
        Cancel,
        CancelDuringTheWait,
        CancelBefore,
    }

    /// <summary>Requests that reached the provider.</summary>
    public int Sent { get; private set; }

    /// <summary>Of those, the ones it refused with a status that is not billed.</summary>
    public int NotBilled { get; private set; }

    public int Closed { get; private set; }

    /// <summary>How the last attempt was meant to end.</summary>
    public End Last { get; private set; }

    public bool ToldUsage { get; private set; }

    public Leave Reader { get; } = Readers[new Random(seed + 1).Next(Readers.Length)];

    /// <summary>After how many updates the reader leaves.</summary>
    public int LeavesAfter { get; } = new Random(seed + 2).Next(1, 6);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Sent++;
        int updates = _chance.Next(0, 6);
        int usageAt = _chance.Next(0, 12);
        int words = 0;
        bool waits = _chance.Next(3) == 0;
        bool closesBadly = _chance.Next(5) == 0;

        // A stall ends by the reader's cancellation only.
        Last = (End)_chance.Next(Reader is Leave.CancelDuringTheWait ? 5 : 4);
        try
        {
            for (int i = 0; i < updates; i++)
            {
                if (waits)
                {
                    await Task.Yield();
                }

                if (i == usageAt)
                {
                    ToldUsage = true;
                    yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = _chance.Next(1, 30), OutputTokenCount = _chance.Next(0, 2_000) })]);
                }

                bool isThought = _chance.Next(8) == 0;
                words += isThought ? 0 : 1;
                yield return new ChatResponseUpdate(ChatRole.Assistant, isThought ? [new TextReasoningContent("Hm")] : [new TextContent("wörd ")]);
            }

            switch (Last)
            {
                case End.Fault:
                    throw _chance.Next(3) switch { 0 => new IOException("reset"), 1 => new InvalidTimeZoneException(), _ => new HttpRequestException("busy", null, System.Net.HttpStatusCode.BadGateway) };
                case End.Refused:
                    NotBilled += words == 0 && !closesBadly ? 1 : 0;
                    throw new HttpRequestException("no", null, _chance.Next(2) == 0 ? System.Net.HttpStatusCode.TooManyRequests : System.Net.HttpStatusCode.Unauthorized);
                case End.NullUpdate:
                    yield return null!;
                    break;
                case End.Stall:
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    break;
                default:
                    yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
                    break;
            }
        }
        finally
        {
            Closed++;
            if (closesBadly)
            {
#pragma warning disable CA2219, MA0072 // A client that does this is what is meant.
                throw new InvalidTimeZoneException("closed badly");
#pragma warning restore CA2219, MA0072
            }
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
