using System.Text;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>What an answer is held against: its quotes are looked up, its speakers are held against those of the text, and what fails is told.</summary>
internal sealed class Ground(string content, Transcript transcript, bool dropUngrounded, List<string> warnings)
{
    private readonly SourceText _source = new(content);
    private readonly List<string> _misattributed = [];
    private readonly Dictionary<string, string> _speakers = transcript.Speakers
        .GroupBy(Plain).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>The items whose quote stands in the text; the others as well, marked, unless they are to be dropped.</summary>
    /// <param name="what">The place for a warning, such as "Key point".</param>
    /// <param name="replies">What the model gave.</param>
    /// <param name="quoteOf">The quote in it.</param>
    /// <param name="make">Makes the public item of a reply, its quote and its place.</param>
    public List<TItem> Items<TReply, TItem>(
        string what, IEnumerable<TReply> replies, Func<TReply, string> quoteOf, Func<TReply, SourceQuote, string, TItem> make)
    {
        var items = new List<TItem>();
        int number = 0;
        foreach (TReply reply in replies)
        {
            string place = $"{what} {++number}";
            SourceQuote quote = Find(quoteOf(reply));
            if (quote.IsFound || !dropUngrounded)
            {
                items.Add(make(reply, quote, place));
            }

            if (quote.Distance > 0)
            {
                warnings.Add($"{place}: its quote differs from the content in {quote.Distance} {(quote.Distance == 1 ? "character" : "characters")}.");
            }

            if (!quote.IsFound)
            {
                warnings.Add(dropUngrounded ? $"{place} was left out: its quote is not in the content." : $"{place}: its quote is not in the content.");
            }
        }

        return items;
    }

    /// <summary>As the other overload, for somebody whose own words the quote should be.</summary>
    public string? Speaker(string? named, SourceQuote quote, string place)
    {
        string? speaker = Speaker(named, place);
        if (speaker is not null)
        {
            Said(speaker, quote, place);
        }

        return speaker;
    }

    /// <summary>Notes a quote that stands in the turn of somebody else.</summary>
    public void Said(string speaker, SourceQuote quote, string place)
    {
        if (quote.IsFound && Known(speaker) is not null && transcript.SpeakerAt(quote.Offset.Value) is { } said && Plain(said) != Plain(speaker))
        {
            _misattributed.Add(place);
        }
    }

    /// <summary>Tells what was gathered over the whole answer.</summary>
    public void Close()
    {
        if (_misattributed.Count > 0)
        {
            warnings.Add($"Words of another speaker are quoted for the one named: {string.Join("; ", _misattributed)}.");
        }
    }

    // A wrong figure is no slip of the pen: it makes another statement.
    private SourceQuote Find(string given)
    {
        SourceQuote quote = _source.Find(given);
        return quote.Distance > 0 && !Digits(quote.Text).SequenceEqual(Digits(given)) ? new SourceQuote { Text = given } : quote;
    }

    private static IEnumerable<char> Digits(string text) => text.Where(char.IsDigit);

    /// <summary>The speaker as the text writes them; null, with a warning, for one who is not in the text.</summary>
    public string? Speaker(string? named, string place)
    {
        string? known = string.IsNullOrWhiteSpace(named) ? null : Known(named);
        if (known is null && !string.IsNullOrWhiteSpace(named))
        {
            warnings.Add($"{place}: it names a speaker who is not in the content.");
        }

        return known;
    }

    /// <summary>The name of a side that has to have one: as the text writes it, else the model's word with a warning.</summary>
    public string Side(string named, string place)
    {
        if (string.IsNullOrWhiteSpace(named))
        {
            warnings.Add($"{place}: it has no name.");
        }

        return Speaker(named, place) ?? named;
    }

    private string? Known(string named) =>
        transcript.Speakers.Contains(named, StringComparer.Ordinal) ? named
        : _speakers.TryGetValue(Plain(named), out string? label) ? label
        : _speakers.Count == 0 && _source.Find(named) is { Distance: 0 } found ? Word(found.Text)
        : null;

    // "Ann" is nobody whom a text names that only says "planned".
    private string? Word(string found)
    {
        int at = -1;
        do
        {
            at = content.IndexOf(found, at + 1, StringComparison.OrdinalIgnoreCase);
        }
        while (at >= 0 && !(WordBorder.At(content, at) && WordBorder.At(content, at + found.Length)));
        return at < 0 ? null : content.Substring(at, found.Length);
    }

    // "FIRST CITIZEN.", "First Citizen" and "**First Citizen**" are one; a name may also be all signs, or in letters beyond 16 bits.
    private static string Plain(string name)
    {
        string plain = string.Concat(name.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(Rune.ToLowerInvariant));
        return plain.Length > 0 ? plain : name.Trim();
    }
}
