using System.Text.Json.Nodes;
using DiscordIntel.Analysis;

namespace DiscordIntel.Tests.Analysis;

/// <summary>Lawful answers of a model to each kind. A test that wants another answer changes a member.</summary>
internal static class Answers
{
    /// <summary>One item in every list, each resting on the same quote and said by the same speaker, who answers another one or nobody.</summary>
    public static JsonObject Of(AnalysisKind kind, string quote, string? speaker = null, string? answers = null)
    {
        var answer = new JsonObject
        {
            ["summary"] = "They argue about trams.",
            ["score"] = 6.5,
            ["confidence"] = 0.25,
            ["keyPoints"] = Only(("text", "Trams can be free."), ("quote", quote)),
            ["biasIndicators"] = Only(("type", "ad hominem"), ("explanation", "It is about the person."), ("quote", quote)),
            ["claims"] = Only(("text", "Free since 2020."), ("quote", quote), ("belief", "LikelyTrue"), ("confidence", 0.9)),
        };
        foreach ((string name, JsonNode? value) in Detail(kind, quote, speaker, answers))
        {
            answer[name] = value;
        }

        if (kind is AnalysisKind.FactCheck)
        {
            JsonObject claim = answer["claims"]![0]!.AsObject();
            claim["speaker"] = speaker;
            claim["wouldSettle"] = "The timetable of 2020.";
        }

        return answer;
    }

    /// <summary>The members that only one kind has, but for those of its claims.</summary>
    private static (string Name, JsonNode? Value)[] Detail(AnalysisKind kind, string quote, string? speaker, string? answers) => kind switch
    {
        AnalysisKind.Debate =>
        [
            ("speakers", Only(
                ("name", speaker ?? "Mara"), ("position", "For free trams."), ("score", 7),
                ("arguments", Only(("text", "It works elsewhere."), ("strength", 6), ("quote", quote))))),
            ("fallacies", Only(("name", "straw man"), ("speaker", speaker), ("explanation", "Nobody said so."), ("quote", quote))),
            ("rebuttals", Only(("speaker", speaker), ("answers", answers), ("text", "It is not so."), ("quote", quote))),
        ],
        AnalysisKind.Sentiment =>
        [
            ("overall", "heated"),
            ("speakers", Only(("name", speaker ?? "Mara"), ("score", 4), ("summary", "Annoyed."))),
            ("emotions", Only(("name", "anger"), ("speaker", speaker), ("intensity", 0.5), ("quote", quote))),
            ("turningPoints", Only(("text", "From calm to anger."), ("quote", quote))),
        ],
        _ => [],
    };

    private static JsonArray Only(params (string Name, JsonNode? Value)[] members)
    {
        JsonNode item = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));
        return [item];
    }
}
