using System.Text.Json;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured;

/// <summary>Answers that no honest strict model gives. None comes back as a success, and none as an exception.</summary>
internal sealed class HostileAnswerTests : ClientFixture
{
    private const string Rest = ""","margin":"Clear","note":null,"weight":null}""";

    private static readonly string[] Answers =
    [
        "```json\n" + Ruling.Lawful + "\n```",
        "Here you are: " + Ruling.Lawful,
        Ruling.Lawful + Ruling.Lawful,
        Ruling.Lawful[..^1],
        "null",
        "{}",
        "[]",
        "\"Mara\"",
        "   ",
        "NaN",
        "[" + Ruling.Lawful + "]",
        """{"winner":"Mara","score":8,"extra":1""" + Rest,
        """{"winner":"Mara","score":10.5""" + Rest,
        """{"winner":"Mara","score":-1""" + Rest,
        """{"winner":"Mara","score":1e400""" + Rest,
        """{"winner":"Mara","score":99999999999999999999999""" + Rest,
        """{"winner":"Mara","score":"8" """ + Rest,
        """{"winner":"Mara","score":true""" + Rest,
        """{"winner":"Mara","score":null""" + Rest,
        """{"winner":null,"score":8""" + Rest,
        """{"winner":"","score":8""" + Rest,
        """{"winner":["Mara"],"score":8""" + Rest,
        """{"winner":"Mara","winner":"Jonas","score":8""" + Rest,
        """{"winner":"Mara","score":8,"score":9""" + Rest,
        """{"Winner":"Mara","score":8""" + Rest,
        """{"winner":"Mara","score":8,"margin":"clear","note":null,"weight":null}""",
        """{"winner":"Mara","score":8,"margin":1,"note":null,"weight":null}""",
        """{"winner":"Mara","score":8,"margin":"Clear","note":7,"weight":null}""",
        """{"winner":"Mara","score":8,"margin":"Clear","note":"\ud800","weight":null}""",
        """{"winner":"Mara","score":8,"margin":"Clear","note":null,"weight":1.5}""",
        """{"winner":"Mara","score":8,"margin":"Clear","note":null,"weight":99999999999}""",
        """{"winner":"Mara","score":8,"margin":"Clear","note":""" + Nested(60) + ""","weight":null}""",
        """{"winner":"Mara","score":8,"margin":"Clear","note":""" + Nested(20_000) + ""","weight":null}""",
        Nested(100_000),
        """{"winner":"Mara","score":8,"surplus":" """ + new string('x', 2_000_000) + "\"" + Rest,
        """{"winner":" """ + new string('x', 2_000_000) + "\",\"score\":8" + Rest,
        "{" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":0")) + "}",
    ];

    private static IEnumerable<int> Indexes => Enumerable.Range(0, Answers.Length);

    [TestCaseSource(nameof(Indexes))]
    public async Task GenerateAsync_HostileAnswer_IsNoSuccess(int index)
    {
        Emulator.Always(Completion(Answers[index]));

        StepResult<Ruling> result = await Get<StructuredOutputClient>().GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That(result.IsSuccess, Is.False, Shown(index));
        Assert.That(result.Error!.Kind, Is.EqualTo(StepErrorKind.InvalidResponse), Shown(index));
        bool blank = string.IsNullOrWhiteSpace(Answers[index]);
        Assert.That(result.Error.Partial, Is.EqualTo(blank ? null : Answers[index]));
        Assert.That(result.Error.Message, Has.Length.LessThan(3_000));
        Assert.That(Emulator.Requests, Has.Count.EqualTo(blank ? 1 : 2), "once, and once more where there is something to correct");
    }

    [TestCaseSource(nameof(Indexes))]
    public async Task GenerateAsync_HostileAnswerToAGivenSchema_IsNoSuccess(int index)
    {
        JsonElement schema = JsonElement.Parse("""
            {"type":"object","required":["winner","score","margin"],"properties":{
              "winner":{"type":"string","minLength":1,"maxLength":40},"score":{"type":"integer","minimum":0,"maximum":10},
              "margin":{"enum":["Narrow","Clear"]},"note":{"type":"string"},"weight":{"type":"integer","minimum":0,"maximum":100}}}
            """);
        Emulator.Always(Completion(Answers[index]));

        StepResult<JsonElement> result = await Get<StructuredOutputClient>().GenerateAsync(StructuredRequest.Of("Who won?"), schema, Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidResponse), Shown(index));
    }

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static string Shown(int index) => Answers[index][..Math.Min(Answers[index].Length, 120)];
}
