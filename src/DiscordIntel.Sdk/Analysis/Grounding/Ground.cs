using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>What an answer is held against: its quotes are looked up, its speakers are held against those of the text, and what fails is told.</summary>
internal sealed class Ground(string content, Transcript transcript, bool dropUngrounded, List<string> warnings)
{
    private readonly QuoteLookup _quotes = new(content, transcript);
    private readonly List<string> _misattributed = [];
    private readonly SpeakerLookup _speakers = new(content, transcript);

    /// <summary>The items whose quote stands in the text; the others as well, marked, unless they are to be dropped.</summary>
    /// <param name="what">The place for a warning, such as "Key point".</param>
    /// <param name="replies">What the model gave.</param>
    /// <param name="quoteOf">The quote in it.</param>
    /// <param name="make">Makes the public item of a reply, its quote and its place.</param>
    public List<TItem> Items<TReply, TItem>(
        string what, IEnumerable<TReply> replies, Func<TReply, string> quoteOf, Func<TReply, SourceQuote, string, TItem> make)
    {
        var items = new List<TItem>();
        var seen = new HashSet<TReply>();
        var repeats = new List<int>();
        int number = 0;
        foreach (TReply reply in replies)
        {
            string place = $"{what} {++number}";
            if (!seen.Add(reply))
            {
                repeats.Add(number);
            }

            (SourceQuote quote, string? fault) = _quotes.Find(quoteOf(reply));
            if (quote.IsFound || !dropUngrounded)
            {
                items.Add(make(reply, quote, place));
            }

            if (quote.Distance > 0)
            {
                warnings.Add($"{place}: its quote differs from the content in {quote.Distance} {(quote.Distance == 1 ? "character" : "characters")}.");
            }

            if (fault is not null)
            {
                warnings.Add(dropUngrounded ? $"{place} was left out: its quote {fault}." : $"{place}: its quote {fault}.");
            }
        }

        if (repeats.Count > 0)
        {
            warnings.Add($"{what} {string.Join(", ", repeats)}: the same as an earlier one.");
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
        if (quote.IsFound && _speakers.Find(speaker) is { } known && transcript.SpeakerAt(quote.Offset.Value) is { } said && said != known)
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

    /// <summary>The speaker as the text writes them; null, with a warning, for one who is not in the text.</summary>
    public string? Speaker(string? named, string place)
    {
        string? known = named is null ? null : _speakers.Find(named);
        if (known is null && !string.IsNullOrWhiteSpace(named))
        {
            warnings.Add($"{place}: it names a speaker who does not speak in the content.");
        }

        return known;
    }

    /// <summary>
    /// Who answers whom. Null for somebody who is not in the text, with a warning; false when the answer is to be left out because of that, or because it
    /// answers its own speaker: it answers nobody.
    /// </summary>
    public bool Answer(ref string? speaker, ref string? answers, SourceQuote quote, string place)
    {
        int before = warnings.Count;
        Resolve(ref speaker, "names");
        Resolve(ref answers, "answers");
        if (speaker is not null && speaker == answers)
        {
            warnings.Add($"{place}{(dropUngrounded ? " was left out" : "")}: it answers its own speaker.");
        }

        bool stays = !dropUngrounded || warnings.Count == before;
        if (stays && speaker is not null)
        {
            Said(speaker, quote, place);
        }

        return stays;

        void Resolve(ref string? named, string verb)
        {
            string? known = named is null ? null : _speakers.Find(named);
            if (known is null && !string.IsNullOrWhiteSpace(named))
            {
                warnings.Add($"{place}{(dropUngrounded ? " was left out" : "")}: it {verb} a speaker who does not speak in the content.");
            }

            named = known;
        }
    }

    /// <summary>
    /// The name of a side that has to have one: as the text writes it, else the model's word with a warning; null when the side is to be left out because of
    /// that.
    /// </summary>
    public string? Side(string named, string place)
    {
        bool isBlank = string.IsNullOrWhiteSpace(named);
        if (_speakers.Find(named) is { } known)
        {
            return known;
        }

        warnings.Add($"{place}{(dropUngrounded ? " was left out" : "")}: it {(isBlank ? "has no name" : "names a speaker who does not speak in the content")}.");
        return dropUngrounded ? null : named;
    }

    /// <summary>Tells of a debate without sides in a text that has speakers.</summary>
    public void Sides(int count)
    {
        if (count == 0 && transcript.Speakers.Count > 1)
        {
            warnings.Add($"The content has {transcript.Speakers.Count} speakers, but the result names no side of the debate.");
        }
    }
}
