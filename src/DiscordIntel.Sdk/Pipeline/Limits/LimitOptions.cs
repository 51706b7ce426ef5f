namespace DiscordIntel.Pipeline.Limits;

/// <summary>
/// How many calls may go in a minute: by the whole bot, by a tenant, by a user of a tenant. A limit of N lets N calls go at once and then one every
/// 60/N seconds. A call must pass all the limits that are set; one that does not is refused at once with
/// <see cref="Results.StepErrorKind.RateLimited"/> and the exact time to come back, and takes nothing.
/// </summary>
public sealed class LimitOptions
{
    internal const int Most = 1_000_000;

    /// <summary>Calls a minute of the whole bot. <c>OPENAI_RATE_LIMIT_PER_MINUTE</c> sets it, too.</summary>
    /// <value>1 to 1,000,000; null: no limit. Default: 60.</value>
    public int? RequestsPerMinute { get; set; } = 60;

    /// <summary>Calls a minute of one tenant (a Discord server, or the direct messages of one user).</summary>
    /// <value>1 to 1,000,000; null: no limit. Default: null.</value>
    public int? TenantRequestsPerMinute { get; set; }

    /// <summary>Calls a minute of one user in one tenant.</summary>
    /// <value>1 to 1,000,000; null: no limit. Default: null.</value>
    public int? UserRequestsPerMinute { get; set; }

    /// <summary>Background calls that may wait for a limit at the same time, over the whole bot. One more is refused at once, like every interactive call.</summary>
    /// <value>0 (none waits) to 1,000,000. Default: 100.</value>
    public int BackgroundQueueLimit { get; set; } = 100;

    internal IEnumerable<string> Faults(string path)
    {
        (string Name, int? Value)[] limits =
        [
            (nameof(RequestsPerMinute), RequestsPerMinute),
            (nameof(TenantRequestsPerMinute), TenantRequestsPerMinute),
            (nameof(UserRequestsPerMinute), UserRequestsPerMinute),
        ];
        foreach ((string name, int? value) in limits)
        {
            if (value is < 1 or > Most)
            {
                yield return $"{path}:{name} is {value}. Set a whole number from 1 to {Most}, or null for no limit.";
            }
        }

        if (BackgroundQueueLimit is < 0 or > Most)
        {
            yield return $"{path}:BackgroundQueueLimit is {BackgroundQueueLimit}. Set a whole number from 0 (no call waits) to {Most}.";
        }
    }
}
