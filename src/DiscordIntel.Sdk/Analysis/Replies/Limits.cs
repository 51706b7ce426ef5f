namespace DiscordIntel.Analysis.Replies;

/// <summary>Limits and descriptions that several replies share.</summary>
internal static class Limits
{
    public const int Summary = 500;
    public const int Sentence = 400;
    public const int Label = 80;

    // Without a limit, looking a quote up would have none either.
    public const int Quote = 1000;
    public const int KeyPoints = 10;
    public const int BiasIndicators = 5;
    public const int Claims = 20;
    public const int Speakers = 12;
    public const int Findings = 12;
    public const int Citations = 3;

    public const string QuoteRule = "The words it rests on, copied letter by letter from the content, one sentence or less.";
    public const string SpeakerRule = "The speaker as the content names them; null when that is not known.";
    public const string ClaimsRule = "Claims of fact that could be checked against evidence; empty when there are none.";
}
