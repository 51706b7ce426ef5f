using System.Runtime.CompilerServices;
using System.Text;
using DiscordIntel.Results;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>A model's stream in virtual time: its pieces, each after a pause, and its end.</summary>
internal sealed class ScriptedModel(VirtualTime time, IEnumerable<StreamChunk> pieces, TimeSpan[] pauses, ModelEnd end)
{
    public const string Secret = "sk-secret-of-the-bot";

    private readonly long _start = time.GetTimestamp();
    private readonly StringBuilder _given = new();

    public static StepReceipt Receipt { get; } = new() { Provider = "fake", Model = "fake-1", OutputTokens = 42, Attempts = 1 };

    public static StepError Error { get; } = new()
    {
        Kind = StepErrorKind.ProviderUnavailable,
        Message = $"500 with {Secret}",
        UserMessage = "The service is away (see https://status.test).",
        Exception = new InvalidOperationException(Secret),
    };

    /// <summary>The text of the pieces that were taken.</summary>
    public string Given => _given.ToString();

    public bool Started { get; private set; }

    public TimeSpan? EndedAt { get; private set; }

    public bool WasCancelled { get; private set; }

    /// <summary>When each piece was taken.</summary>
    public List<TimeSpan> TakenAt { get; } = [];

    public async IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Started = true;
        try
        {
            int number = 0;
            foreach (StreamChunk piece in pieces)
            {
                await time.DelayAsync(pauses[number++ % pauses.Length], cancellationToken);
                _given.Append(piece.Text);
                TakenAt.Add(time.GetElapsedTime(_start));
                yield return StepResult.Success(piece);
            }

            await time.DelayAsync(end == ModelEnd.Never ? Timeout.InfiniteTimeSpan : pauses[0], cancellationToken);
            switch (end)
            {
                case ModelEnd.Final:
                    yield return StepResult.Success(StreamChunk.Final(), Receipt);
                    break;
                case ModelEnd.Error:
                    yield return StepResult.Failure<StreamChunk>(Error, Receipt);
                    break;
                case ModelEnd.Throws:
                    throw new InvalidOperationException(Secret);
            }
        }
        finally
        {
            WasCancelled = cancellationToken.IsCancellationRequested;
            EndedAt = time.GetElapsedTime(_start);
        }
    }
}
