using System.Buffers;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Of each pattern the words without which it cannot match. Ordinary text has few of them, and to look for them takes microseconds; to build the patterns
/// takes a third of a second once.
/// </summary>
internal static class InjectionTriggers
{
    public static SearchValues<string> Marker { get; } = Of("<<<", "[[", "```", "~~~");

    public static SearchValues<string> TemplateToken { get; } = Of(
        "<|", "INST]", "SYS>", "<system", "<assistant", "<developer", "<instructions", "</", "_of_turn", "# system", "#system", "# assistant", "#assistant",
        "# developer", "#developer");

    public static SearchValues<string> RoleHeader { get; } = Of("system", "assistant", "developer");

    public static SearchValues<string> Answer { get; } = Of("verdict", "key", "bias", "belief", "summary", "confidence", "claims", "score");

    public static SearchValues<string> IgnoreInstructions { get; } = Of(
        "ignor", "disregard", "forget", "override", "bypass", "vergiss", "vergessen", "missachte", "oublie", "olvid");

    public static SearchValues<string> NewRole { get; } = Of("are now", "are no longer", "bist jetzt", "bist nun", "bist ab", "bist nicht", "maintenant", "sormais", "ahora");

    public static SearchValues<string> NewInstructions { get; } = Of("instruction", "prompt", "override", "anweisung", "instruktion", "consignes", "instrucciones");

    public static SearchValues<string> GiveScore { get; } = Of(
        "score", "rating", "grade", "rate it", "rate th", "rate me", "set the", "bewert", "punktzahl", "wertung", "note von", "note 1", "note de", "note max", "nota de", "nota m", "puntuaci", "calificaci");

    public static SearchValues<string> JudgeGives { get; } = Of(
        [.. new[] { "must", "should", "shall", "has to", "needs to" }.SelectMany(verb => new[] { " give", " award", " rate", " score", " grade", " now", " always", " please", " only" }
            .Select(then => verb + then))]);

    private static SearchValues<string> Of(params ReadOnlySpan<string> words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
