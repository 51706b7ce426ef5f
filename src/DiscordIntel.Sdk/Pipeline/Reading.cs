using DiscordIntel.Results;

namespace DiscordIntel.Pipeline;

/// <summary>What a client made of a reply: a value with warnings, or an error.</summary>
internal readonly struct Reading<T>
    where T : notnull
{
    public T? Value { get; private init; }

    public StepError? Error { get; private init; }

    public IReadOnlyList<string> Warnings { get; private init; }

    public static Reading<T> Of(T value, IReadOnlyList<string>? warnings = null) => new() { Value = value, Warnings = warnings ?? [] };

    public static Reading<T> Failed(StepError error) => new() { Error = error, Warnings = [] };
}
