using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Looks quotes up in a text, and tells why one does not count.</summary>
internal sealed class QuoteLookup(string text, Transcript transcript)
{
    private readonly SourceText _source = new(text);
    private readonly ShortQuotes _short = new(text, transcript);

    /// <summary>The quote with its place, or as it was given with what is wrong with it.</summary>
    public (SourceQuote Quote, string? Fault) Find(string given)
    {
        SourceQuote quote = _source.Find(given);

        // A wrong figure or a "not" is no slip of the pen: it makes another statement.
        if (!quote.IsFound || (quote.Distance > 0 && !Telling.AreSame(quote.Text, given)))
        {
            return (new SourceQuote { Text = given }, "is not in the content");
        }

        return _short.Evidence(quote, given) is { } evidence ? (evidence, null) : (new SourceQuote { Text = given }, "is too short to be evidence");
    }
}
