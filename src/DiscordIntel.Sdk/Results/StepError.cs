namespace DiscordIntel.Results;

/// <summary>Why a step failed: a kind to branch on, a sentence for the log and one for Discord.</summary>
public sealed record StepError
{
    /// <summary>What went wrong, as a kind to branch on.</summary>
    public required StepErrorKind Kind { get; init; }

    /// <summary>The detail for the host's log. Keys and the caller's content are removed from what a provider said.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// One sentence that may be shown in Discord. By default it is the English sentence of the <see cref="Kind"/>;
    /// <c>DiscordIntel:UserMessages:{Kind}</c> in the configuration replaces it.
    /// </summary>
    public string UserMessage
    {
        get => field ?? UserMessages.For(Kind);
        init;
    }

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>When to try again, if the provider or a limit said so; otherwise null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The model's text received before the fault, or the words of its refusal; null when there was none.</summary>
    public string? Partial { get; init; }

    /// <summary>The exception behind the error, for a debugger. Never show it: it may hold addresses and headers.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The kind and the message: safe for a log, not meant for Discord.</summary>
    public override string ToString() => $"{Kind}: {Message}";
}
