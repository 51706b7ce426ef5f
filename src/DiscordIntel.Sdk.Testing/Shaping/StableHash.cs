namespace DiscordIntel.Testing.Shaping;

/// <summary>FNV-1a over UTF-16: equal in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public static uint Of(params ReadOnlySpan<string> texts)
    {
        uint hash = 2_166_136_261;
        foreach (string text in texts)
        {
            foreach (char letter in text)
            {
                hash = unchecked((hash ^ letter) * 16_777_619);
            }

            hash = unchecked((hash ^ 0xFFFF) * 16_777_619);
        }

        // FNV leaves the low bits of short texts alike; the values are taken modulo small numbers.
        hash ^= hash >> 16;
        hash = unchecked(hash * 0x7FEB352D);
        return hash ^ (hash >> 15);
    }
}
