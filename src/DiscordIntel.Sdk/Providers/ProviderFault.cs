using DiscordIntel.Results;

namespace DiscordIntel.Providers;

/// <summary>What a provider, or the road to it, said instead of a reply. <see cref="ErrorClassifier"/> gives it a kind.</summary>
internal sealed record ProviderFault
{
    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>The provider's error code, such as <c>rate_limit_exceeded</c>; numbers as text.</summary>
    public string? Code { get; init; }

    public string? Type { get; init; }

    public string? Param { get; init; }

    /// <summary>The provider's sentence. It may echo a key or the caller's words: scrub it before it goes anywhere.</summary>
    public string? Message { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The provider's own word on whether to try again (<c>x-should-retry</c>).</summary>
    public bool? ShouldRetry { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The kind, where it is known without looking at status and code.</summary>
    public StepErrorKind? Kind { get; init; }

    /// <summary>Whether the words are ours alone: nothing in <see cref="Message"/> came from outside.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The status alone: code and message are the provider's words, which may hold a key or the caller's.</summary>
    public override string ToString() => $"status {Status}";
}
