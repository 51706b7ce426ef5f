using DiscordIntel.Analysis;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The library's words as people say them.</summary>
internal static class Names
{
    public static string Of(AnalysisKind kind) => kind switch
    {
        AnalysisKind.FactCheck => "Fact check",
        AnalysisKind.Sentiment => "Sentiment",
        _ => "Debate",
    };

    public static string Of(ModelBelief belief) => belief switch
    {
        ModelBelief.LikelyTrue => "likely true",
        ModelBelief.LikelyFalse => "likely false",
        _ => "no view",
    };
}
