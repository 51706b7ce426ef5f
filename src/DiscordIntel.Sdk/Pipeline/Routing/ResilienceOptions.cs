namespace DiscordIntel.Pipeline.Routing;

/// <summary>Retries, waiting and timeouts. Retried are 408, 409, 429, 5xx and connection faults, by one loop and no other.</summary>
public sealed class ResilienceOptions
{
    /// <summary>Requests a call may send, the first included.</summary>
    /// <value>1 to 10. Default: 3.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The wait before the second attempt is a random time up to this; it doubles with each further one (full jitter).</summary>
    /// <value>0 to <see cref="MaxDelay"/>. Default: 1 second.</value>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a retry. A provider that asks for more (Retry-After) ends the call, and the error says when to come back.</summary>
    /// <value>Up to 10 minutes. Default: 60 seconds.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time one request may take; of a stream, until its first text.</summary>
    /// <value>10 milliseconds to 1 hour. Default: 60 seconds.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest silence before the first text of a stream, from sending on; then it is tried again. What a model sends before its text, such as its reasoning,
    /// ends the silence, but not <see cref="AttemptTimeout"/>, which runs until the first text.
    /// </summary>
    /// <value>10 milliseconds to 1 hour. Default: 30 seconds.</value>
    public TimeSpan FirstChunkTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest silence of the server inside a stream; then it counts as interrupted. The time that its reader takes over a piece is not counted.</summary>
    /// <value>10 milliseconds to 1 hour. Default: 20 seconds.</value>
    public TimeSpan ChunkTimeout { get; set; } = TimeSpan.FromSeconds(20);

    internal IEnumerable<string> Faults(string path)
    {
        if (MaxAttempts is < 1 or > 10)
        {
            yield return $"{path}:MaxAttempts is {MaxAttempts}. Set a whole number from 1 to 10.";
        }

        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromMinutes(10))
        {
            yield return $"{path}:MaxDelay is {MaxDelay}. Set a duration from 00:00:00 to 00:10:00.";
        }

        if (BaseDelay < TimeSpan.Zero || BaseDelay > MaxDelay)
        {
            yield return $"{path}:BaseDelay is {BaseDelay}. Set a duration from 00:00:00 to {path}:MaxDelay ({MaxDelay}).";
        }

        foreach ((string name, TimeSpan timeout) in new[]
        {
            (nameof(AttemptTimeout), AttemptTimeout), (nameof(FirstChunkTimeout), FirstChunkTimeout), (nameof(ChunkTimeout), ChunkTimeout),
        })
        {
            if (timeout < TimeSpan.FromMilliseconds(10) || timeout > TimeSpan.FromHours(1))
            {
                yield return $"{path}:{name} is {timeout}. Set a duration from 00:00:00.010 to 01:00:00.";
            }
        }
    }
}
