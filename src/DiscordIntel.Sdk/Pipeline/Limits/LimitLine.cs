namespace DiscordIntel.Pipeline.Limits;

/// <summary>One of the limits that a call must pass: whose, and how many calls a minute (1 to <see cref="LimitOptions.Most"/>).</summary>
internal readonly record struct LimitLine(LimitKey Key, int PerMinute);
