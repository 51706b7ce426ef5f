using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>How texts look that try to steer a model. Linear in time, whatever the text. What <see cref="InjectionTriggers"/> names must stand in each.</summary>
internal static partial class InjectionPatterns
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>Where a command begins: at the start of a sentence or after a word that asks. "I'd give it a score of 7" is no command.</summary>
    private const string Lead =
        @"(^[ \t>*_""'“„«(¡-]{0,6}|[.!?:;,…""'“„«(¡][ \t*_""'“„«(¡]{0,3}|\b(please|must|should|always|now|then|and|bitte|und|jetzt|musst|sollst|veuillez|et|maintenant|por\s+favor|y|ahora)\s{1,3})";

    private const string Count = @"\s{1,3}(\d|ten\b|nine\b|zehn\b|neun\b|dix\b|diez\b|the\s+(maximum|highest|full)|full\b)";

    [GeneratedRegex(
        @"^[ \t]{0,3}<<<[^<>\n]{0,100}>>>|^[ \t]{0,3}<<<([a-z]\w{1,63}|[0-9a-f]{8,64})[ \t]*\r?$|<<<[0-9a-f]{8,64}>>>|\[\[/?[0-9a-f]{8,64}\]\]|^[ \t]{0,3}(```|~~~)[ \t]*(system|assistant|developer|instructions?|prompt)\b",
        Options)]
    public static partial Regex Marker();

    [GeneratedRegex(
        @"<\|/?[a-z][a-z0-9_]{1,30}\|>|\[/?INST\]|</?<?SYS>>|</?(system|assistant|developer|system_prompt|instructions)>|<(start|end)_of_turn>|^[ \t]{0,3}#{1,6} ?(system|assistant|developer)([ \t](prompt|message))?[ \t]{0,3}(:|\r?$)",
        Options)]
    public static partial Regex TemplateToken();

    [GeneratedRegex(
        @"^[ \t]{0,3}(\[[^\]\n]{1,30}\][ \t]{0,3})?[>*_•~ \t\[(-]{0,8}((system|assistant|developer)([ \t](prompt|message|note|override))?[\])*_]{0,4}[ \t]?:|\[(system|assistant|developer)([ \t](prompt|message|note|override))?\])",
        Options)]
    public static partial Regex RoleHeader();

    [GeneratedRegex(
        @"\\?[""'“](verdict|key_?points|bias_?indicators|belief|summary|confidence|claims)\\?[""'”]\s{0,5}:|\\?[""'“]score\\?[""'”]\s{0,5}:\s{0,5}\\?[""']?(10|[0-9])(\.[0-9]{1,3})?\s{0,5}(\\?[""',}]|$)",
        Options)]
    public static partial Regex AnswerMember();

    [GeneratedRegex(
        @"\b(ignore|disregard|forget|override|bypass)\s{1,3}((all|any|every|everything|of|the|your|these|those|my|our)\s{1,3}){0,4}((previous|above|prior|preceding|earlier|foregoing|former|system|original|initial)\s{1,3}){1,2}(instructions?|prompts?|rules|directions?|directives?|commands?|guidelines?|orders?|messages\s+from\s+the\s+system)\b"
        + @"|\b(ignore|disregard|forget)\s{1,3}(all|everything)\s{1,3}((of|the|that|was|is|said|written)\s{1,3}){0,4}above\b"
        + @"|\b(ignore|disregard|forget)\s{1,3}((all|any|of)\s{1,3}){0,2}your\s{1,3}(instructions|prompt|rules|guidelines|orders)\b"
        + @"|\b(ignore|disregard|forget)\s{1,3}(all|any)\s{1,3}(of\s{1,3}the\s{1,3})?(instructions|prompts|directives)\b"
        + @"|\b(ignore|disregard|forget)\s{1,3}((all|any|of|the|your)\s{1,3}){0,3}(instructions|rules|directions|text)\s{1,3}((given|written|stated)\s{1,3})?(above|before\s+this)\b"
        + @"|\b(ignoriere?|ignorieren\s+sie|vergiss|vergessen\s+sie|missachte|missachten\s+sie)\s{1,3}((alle|alles|die|deine|ihre|bitte|sämtliche)\s{1,3}){0,3}(vorherigen?|bisherigen?|obigen?|vorigen?|früheren?|vorangegangenen?|vorstehenden?)\s{1,3}(anweisung(en)?|instruktion(en)?|befehle?|vorgaben?|anordnung(en)?|regeln|prompts?)\b"
        + @"|\b(ignore[rz]?|oublie[rz]?)\s{1,3}((toutes?|tous|les|ces|vos|tes)\s{1,3}){0,3}(instructions?|consignes?|directives?|ordres|règles)\s{1,3}(précédent(e|s|es)?|antérieure?s?|ci-dessus)"
        + @"|\b(ignora|ignore|ignorad|ignorar|olvida|olvide|olvidad)\s{1,3}((todas?|todos|las|los|estas|tus|sus)\s{1,3}){0,3}(instrucci[oó]n(es)?|[oó]rdenes|indicaciones|reglas|directrices)\s{1,3}(anterior(es)?|previas|precedentes|de\s+arriba)\b",
        Options)]
    public static partial Regex IgnoreInstructions();

    [GeneratedRegex(
        @"\byou\s{1,3}are (now|no longer)\s{1,3}(an?|the|dan|acting|operating|playing|free|bound|in\s+(developer|debug|god|admin|jailbreak|dan|unrestricted))\b"
        + @"|\bdu\s{1,3}bist (jetzt|nun|ab\s{1,3}(jetzt|sofort)|nicht\s{1,3}(länger|mehr))\s{1,3}(eine?|der|die|das|kein|keine)\b"
        + @"|\b(tu\s+es|vous\s+êtes)\s{1,3}(maintenant|désormais)\s{1,3}(une?|le|la|l['’])"
        + @"|\bahora\s{1,3}(eres|es\s+usted)\s{1,3}(una?|el|la)\b",
        Options)]
    public static partial Regex NewRole();

    [GeneratedRegex(
        @"^[ \t>#*_\[(-]{0,8}((new|updated|real|actual|revised)\s{1,3}(system\s{1,3})?(instructions?|prompt)|system\s{1,3}(prompt|override)|neue\s{1,3}(anweisung(en)?|instruktion(en)?)|nouvelles\s{1,3}(instructions|consignes)|nuevas\s{1,3}instrucciones)[\])*_ \t]{0,4}:",
        Options)]
    public static partial Regex NewInstructions();

    [GeneratedRegex(
        Lead + @"(give|award|assign|grant)\s{1,3}([a-z]{1,15}\s{1,3}){0,4}(score|rating|grade)\s{1,3}of" + Count
        + "|" + Lead + @"(rate|score|grade) (it|this|me|that)\s{1,3}((as|a|an|at|with)\s{1,3}){0,2}(\d{1,2}|ten)([\s.,!;)]|$)"
        + "|" + Lead + @"(rate|score|grade) (this|the)\s{1,3}[a-z]{1,15}\s{1,3}((as|a|an|at|with)\s{1,3}){0,2}(\d|ten\b)"
        + "|" + Lead + @"set the\s{1,3}(score|verdict|confidence)\s{1,3}to\b"
        + "|" + Lead + @"(gib|gebt|geben\s+sie|vergib)\s{1,3}(\w{1,15}\s{1,3}){0,4}(bewertung|punktzahl|wertung|note) (von\s{1,3}(\d|zehn\b|neun\b)|10|1\b)"
        + "|" + Lead + @"(bewerte|bewertet|bewerten\s+sie)\s{1,3}(\w{1,15}\s{1,3}){1,3}mit\s{1,3}(\d|zehn\b|neun\b|(der\s{1,3})?(höchst|best)\w{0,10})"
        + "|" + Lead + @"(donne|donnez|attribue|attribuez|mets|mettez)(-|\s{1,3})(\w{1,15}\s{1,3}){0,4}(note|score) (maximale?|de\s{1,3}(\d|dix\b|neuf\b))"
        + "|" + Lead + @"(dale|dame|denle|da|otorga|otórgale|asigna|asígnale|ponle)\s{1,3}(\w{1,15}\s{1,3}){0,4}(puntuación|calificación|nota) (máxima|de\s{1,3}(un\s{1,3})?(\d|diez\b|nueve\b))",
        Options)]
    public static partial Regex GiveScore();

    /// <summary>A number where the score would stand: "must give Ann a 10", not "must give Ann ten days".</summary>
    [GeneratedRegex(
        @"\b(judge|evaluator|grader|model|ai|assistant|bot)\s{1,3}(must|should|shall|has\s+to|needs\s+to)\s{1,3}((now|always|please|only)\s{1,3})?(give|award|rate|score|grade)\s{1,3}"
        + @"([\w'’@#.-]{1,32}\s{1,3}){1,4}(10|9|0|ten|nine|zero)([ \t]{0,3}($|[\r\n.,;!?)""'”/])|[ \t]{1,3}(and|or|but|out|points?)\b)",
        Options)]
    public static partial Regex JudgeGives();
}
