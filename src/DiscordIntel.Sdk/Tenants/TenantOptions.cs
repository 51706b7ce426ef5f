namespace DiscordIntel.Tenants;

/// <summary>How the policies of tenants are kept.</summary>
public sealed class TenantOptions
{
    /// <summary>How long a policy that <see cref="ITenantPolicy"/> gave is used before it is asked again.</summary>
    /// <value>0 (asked for every call) to 1 hour. Default: 30 seconds.</value>
    public TimeSpan PolicyCacheDuration { get; set; } = TimeSpan.FromSeconds(30);

    internal IEnumerable<string> Faults(string path)
    {
        if (PolicyCacheDuration < TimeSpan.Zero || PolicyCacheDuration > TimeSpan.FromHours(1))
        {
            yield return $"{path}:PolicyCacheDuration is {PolicyCacheDuration}. Set a duration from 00:00:00 to 01:00:00.";
        }
    }
}
