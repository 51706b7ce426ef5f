using DiscordIntel.Configuration;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline;

/// <summary>What a client wants of a model. Only <see cref="ModelCall{T}.Read"/> knows what the answer becomes.</summary>
internal abstract class ModelCall
{
    /// <summary>The step's name in telemetry, such as <c>text.complete</c>.</summary>
    public required string Operation { get; init; }

    public IntelFeature Feature { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public GenerationOptions? Generation { get; init; }

    public ChatResponseFormat? Format { get; init; }

    /// <summary>The functions that the model may call; none by default.</summary>
    public IList<AITool>? Tools { get; init; }

    /// <summary>Whether it may, must or must not call one of them.</summary>
    public ChatToolMode? ToolMode { get; init; }

    /// <summary>Whether it may call several at once; null leaves it to the provider.</summary>
    public bool? AllowMultipleToolCalls { get; init; }

    /// <summary>Whether a message may hold more than text: images, calls of functions and their results.</summary>
    public bool TakesOnlyText { get; init; } = true;

    /// <summary>What the client already knows to be wrong; the call then goes no further than the stages.</summary>
    public StepError? Fault { get; init; }

    /// <summary>What decides how the answer is read, beyond the request itself: answers of equal requests that are read in other ways are kept apart.</summary>
    public string? Reader { get; init; }

    /// <summary>A random word in the messages that is another one in each call; the cache looks past it.</summary>
    public string? Nonce { get; init; }

    /// <summary>Whether the answer may be kept for the next equal call.</summary>
    public bool IsCacheable { get; init; } = true;

    /// <summary>Told the whole of a streamed reply when it is complete, before the final element.</summary>
    public Action<ChatResponse>? OnReply { get; init; }

    /// <summary>Time that the step took before this call; it counts towards the deadline.</summary>
    public TimeSpan Spent { get; init; }
}

/// <typeparam name="T">What the reply becomes.</typeparam>
#pragma warning disable MA0048 // ModelCall and ModelCall<T> belong together.
internal sealed class ModelCall<T> : ModelCall
#pragma warning restore MA0048
    where T : notnull
{
    /// <summary>Reads a reply that is complete: neither refused, cut off, filtered nor empty.</summary>
    public required Func<ChatResponse, Reading<T>> Read { get; init; }
}
