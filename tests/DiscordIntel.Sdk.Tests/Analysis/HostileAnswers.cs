using System.Text.Json;
using System.Text.Json.Nodes;
using DiscordIntel.Analysis;

namespace DiscordIntel.Tests.Analysis;

/// <summary>Hostile answers, made from a lawful one of each kind: every member of it wrong in every way, and texts that are no answer at all.</summary>
internal static class HostileAnswers
{
    private const string Hole = "$hole$";

    // A member of which a list may hold so many.
    private static readonly Dictionary<string, int> Most = new()
    {
        ["keyPoints"] = 10, ["biasIndicators"] = 5, ["claims"] = 20, ["speakers"] = 12,
        ["arguments"] = 12, ["fallacies"] = 12, ["rebuttals"] = 12, ["emotions"] = 12, ["turningPoints"] = 12,
    };

    private static readonly string[] NoNumbers =
        ["-0.1", "-1", "10.1", "11", "1e3", "1e400", "-1e400", "99999999999999999999999", "\"5\"", "\"NaN\"", "NaN", "Infinity", "05", "+5", "5.", ".5", "0x5", "true", "[5]", "{}"];

    private static readonly string[] NoStrings = ["5", "true", "[\"x\"]", "{\"text\":\"x\"}", "\"\\ud800\"", "\"a\nb\"", "\"a\u0000b\"", "'x'", "undefined"];

    private static readonly string[] NoLists = ["{}", "\"x\"", "5", "true", "[5]", "[null]", "[{}]", "[[]]", "[\"x\"]"];

    public static IReadOnlyList<HostileAnswer> Of(AnalysisKind kind, string quote, string speaker)
    {
        JsonObject lawful = Answers.Of(kind, quote, speaker, "Jonas");
        return [.. Texts(kind, lawful.ToJsonString(), quote, speaker), .. Members(lawful, lawful, ""), .. Contradictions(kind, lawful)];
    }

    /// <summary>What is wrong as a whole.</summary>
    private static IEnumerable<HostileAnswer> Texts(AnalysisKind kind, string lawful, string quote, string speaker)
    {
        string[] texts =
        [
            $"```json\n{lawful}\n```", $"```\n{lawful}\n```", $"Here you are: {lawful}", $"{lawful}\nI hope this helps!", lawful + lawful, lawful[..^1], lawful[1..],
            lawful[..(lawful.Length / 2)], $"[{lawful}]", $$"""{"answer":{{lawful}}}""", JsonSerializer.Serialize(lawful), $"/* so */{lawful}", $"{lawful[..^1]},}}",
            Plus("\"verdict\":\"verified\""), Plus("\"evidence\":[{\"url\":\"https://example.com\"}]"), lawful.Replace('"', '\''),
            Plus("\"score\":6.5"), Plus("\"\\u0073core\":6.5"), lawful.Replace("\"score\"", "\"Score\"", StringComparison.Ordinal),
            "null", "{}", "[]", "\"\"", "true", "0", "NaN", "undefined", "{", "}", "   ", "\u0000", "I think Mara won.", "<summary>Mara won.</summary>",
            """{"type":"object","properties":{}}""", """{"error":"I cannot do that."}""", """{"refusal":"no"}""",
            Nested(60), Nested(20_000), Nested(100_000), $$"""{"summary":{{Nested(20_000)}}}""", string.Concat(Enumerable.Repeat("{\"summary\":", 5_000)),
            Plus($"\"surplus\":\"{new string('x', 2_000_000)}\""), new string(' ', 2_000_000) + "null", new string('x', 2_000_000),
            "{" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":0")) + "}",
        ];
        return texts.Select((text, i) => new HostileAnswer($"text {i}", text)).Concat(Enum.GetValues<AnalysisKind>().Where(other => other != kind)
            .Select(other => new HostileAnswer($"the answer to {other}", Answers.Of(other, quote, speaker, "Jonas").ToJsonString())));

        string Plus(string member) => $"{lawful[..^1]},{member}}}";
    }

    /// <summary>Every member of an answer, wrong in every way that its kind of value can be.</summary>
    private static IEnumerable<HostileAnswer> Members(JsonObject answer, JsonObject node, string path)
    {
        yield return new($"{path}: a member too many", With(answer, node, "unasked", "1"));
        foreach ((string name, JsonNode? value) in node.ToArray())
        {
            string place = $"{path}.{name}";
            yield return new($"{place}: missing", Without(answer, node, name));
            yield return new($"{place}: twice", With(answer, node, name, $"{value!.ToJsonString()},\"{name}\":{value.ToJsonString()}"));
            if (name is not ("speaker" or "answers"))
            {
                yield return new($"{place}: null", With(answer, node, name, "null"));
            }

            foreach (string wrong in Wrong(name, value))
            {
                yield return new($"{place}: {wrong[..Math.Min(wrong.Length, 30)]}", With(answer, node, name, wrong));
            }

            foreach ((string text, string warning) in Marked(name, place))
            {
                yield return new($"{place}: {text}", With(answer, node, name, JsonSerializer.Serialize(text)), warning);
            }

            // Read anew: the member has been changed and put back.
            if (node[name] is JsonArray list)
            {
                foreach (HostileAnswer inner in Members(answer, list[0]!.AsObject(), place))
                {
                    yield return inner;
                }
            }
        }
    }

    private static string[] Wrong(string name, JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => name is "confidence" or "intensity" ? [.. NoNumbers, "1.01", "2"] : NoNumbers,
        JsonValueKind.Array =>
        [
            .. NoLists,
            $"[{string.Join(',', Enumerable.Repeat(value[0]!.ToJsonString(), Most[name] + 1))}]",
            .. name is "keyPoints" ? ["[]"] : Array.Empty<string>(),
        ],
        _ =>
        [
            .. NoStrings,
            $"\"{new string('s', name is "summary" ? 501 : 1001)}\"",
            $"\"{new string('s', 100_000)}\"",
            .. name is "quote" or "speaker" or "answers" ? Array.Empty<string>() : ["\"\""],
            .. name is "belief" ? ["\"Verified\"", "\"likelyTrue\"", "\"True\"", "1"] : Array.Empty<string>(),
        ],
    };

    /// <summary>Texts that fit the schema and are not true: they may come back, but marked.</summary>
    private static IEnumerable<(string Text, string Warning)> Marked(string name, string path)
    {
        string place = Place(path);
        return name switch
        {
            "quote" => new[] { "Nobody has ever said such a thing.", "zebra", "", " ", "...", "\u0000", "Task: judge the debate.", "Marker", new string('q', 900) }
                .Select(text => (text, $"{place}: its quote is not in the content."))
                .Concat(new[] { "a", "T", "Mara", "in", "?", ":" }.Select(text => (text, $"{place}: its quote is "))),
            "speaker" or "answers" => new[] { "Zebulon", "the moderator", "system", "M\u0430ra", "!!!" }
                .Select(text => (text, $"{place}: it {(name == "answers" ? "answers" : "names")} a speaker who does not speak in the content.")),
            "name" when place == "Speaker 1" => new[] { "Zebulon", "Everybody", "assistant", "***" }
                .Select(text => (text, $"{place}: it names a speaker who does not speak in the content.")).Append((" ", $"{place}: it has no name.")),
            "summary" or "text" or "type" or "explanation" or "wouldSettle" or "position" or "overall" or "name" => Blank(),
            _ => [],
        };

        static IEnumerable<(string Text, string Warning)> Blank() => new[] { " ", "\n\t", "\u0000\u0007", "\u200B" }.Select(text => (text, "has a blank text."));
    }

    private static string Place(string path) => path[..path.LastIndexOf('.')] switch
    {
        ".keyPoints" => "Key point 1",
        ".biasIndicators" => "Bias indicator 1",
        ".claims" => "Claim 1",
        ".speakers" => "Speaker 1",
        ".speakers.arguments" => "Speaker 1, argument 1",
        ".fallacies" => "Fallacy 1",
        ".rebuttals" => "Rebuttal 1",
        ".emotions" => "Emotion 1",
        ".turningPoints" => "Turning point 1",
        _ => "",
    };

    /// <summary>Numbers and words that fit the schema and not each other.</summary>
    private static IEnumerable<HostileAnswer> Contradictions(AnalysisKind kind, JsonObject lawful)
    {
        yield return new("summary against score", Changed("summary", "The debate is weak. Score: 2/10."), "The summary states a score of 2, but the score is 6.5.");
        yield return new("summary against verdicts", Changed("summary", "All claims are verified."), "every claim is unverified: no evidence settles one.");
        if (kind is AnalysisKind.FactCheck)
        {
            yield return new("beliefs against score", Changed("score", 1), "The score of 1 means that the claims are mostly false");
        }

        yield return new("a source that is nowhere", Changed("summary", "According to Wikipedia this is correct."), "a source that is not in the content.");
        yield return new("a search that was none", Changed("summary", "I checked the records."), "something was looked up, but nothing was.");
        yield return new("ten equal points", Changed("keyPoints", Repeated(lawful["keyPoints"]![0]!, 10)), "Key point 2, 3, 4, 5, 6, 7, 8, 9, 10: the same as an earlier one.");
        if (kind is AnalysisKind.Debate)
        {
            yield return new("no sides", Changed("speakers", new JsonArray()), "The content has 2 speakers, but the result names no side of the debate.");
            yield return new("answers to oneself", lawful.ToJsonString().Replace("\"answers\":\"Jonas\"", "\"answers\":\"MARA\"", StringComparison.Ordinal), "Rebuttal 1: it answers its own speaker.");
            yield return new("score against sides", Changed("score", 0), "The debate has a score of 0, but its speakers have scores of 7 to 7.");
        }

        if (kind is not AnalysisKind.FactCheck)
        {
            JsonNode twin = lawful["speakers"]![0]!.DeepClone();
            twin["name"] = "mara";
            yield return new("one speaker twice", Changed("speakers", new JsonArray(lawful["speakers"]![0]!.DeepClone(), twin)), "Speakers 1 and 2 are one and the same.");
        }

        string Changed(string name, JsonNode value)
        {
            JsonObject changed = lawful.DeepClone().AsObject();
            changed[name] = value;
            return changed.ToJsonString();
        }
    }

    private static JsonArray Repeated(JsonNode item, int times) => [.. Enumerable.Repeat(item, times).Select(node => node.DeepClone())];

    /// <summary>The answer with this JSON, which may be none, in the place of a member.</summary>
    private static string With(JsonObject answer, JsonObject node, string name, string json)
    {
        JsonNode? before = node[name]?.DeepClone();
        node[name] = Hole;
        string text = answer.ToJsonString().Replace($"\"{Hole}\"", json, StringComparison.Ordinal);
        if (before is null)
        {
            node.Remove(name);
        }
        else
        {
            node[name] = before;
        }

        return text;
    }

    private static string Without(JsonObject answer, JsonObject node, string name)
    {
        JsonNode before = node[name]!.DeepClone();
        node.Remove(name);
        string text = answer.ToJsonString();
        node[name] = before;
        return text;
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);
}
