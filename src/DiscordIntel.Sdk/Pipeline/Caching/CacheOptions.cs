namespace DiscordIntel.Pipeline.Caching;

/// <summary>
/// The cache of complete answers, in process and apart for each tenant. An answer that is found costs nothing and counts towards no limit; equal calls at the
/// same time make one request.
/// </summary>
public sealed class CacheOptions
{
    /// <summary>Whether answers are kept. Switched off, what was kept is dropped with the next call.</summary>
    /// <value>Default: true. Flat variable: <c>OPENAI_CACHE_ENABLED</c>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>How long an answer is kept, from the moment it came. A change holds for the answers that come after it.</summary>
    /// <value>1 second to 7 days. Default: 1 hour.</value>
    public TimeSpan Duration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The memory that the answers may take, measured by their text. A full cache drops what was not used for the longest time, and an
    /// answer that needs more than a tenth of it is not kept. A change empties it.</summary>
    /// <value>1 to 65536, in MiB. Default: 64.</value>
    public int SizeLimitMb { get; set; } = 64;

    /// <summary>Whether free text is kept too. Somebody who asks for prose twice mostly wants to read something new.</summary>
    /// <value>Default: false.</value>
    public bool FreeText { get; set; }

    internal IEnumerable<string> Faults(string path)
    {
        if (Duration < TimeSpan.FromSeconds(1) || Duration > TimeSpan.FromDays(7))
        {
            yield return $"{path}:Duration is {Duration}. Set a duration from 00:00:01 to 7.00:00:00.";
        }

        if (SizeLimitMb is < 1 or > 65536)
        {
            yield return $"{path}:SizeLimitMb is {SizeLimitMb}. Set a whole number from 1 to 65536.";
        }
    }
}
