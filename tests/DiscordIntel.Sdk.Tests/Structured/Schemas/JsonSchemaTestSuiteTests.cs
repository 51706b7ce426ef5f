using System.Text.Json;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>The official test suite, draft 2020-12, for the keywords that strict structured outputs know.</summary>
public class JsonSchemaTestSuiteTests
{
    /// <summary>The files that must be there: of each, how many tests pass, and how many belong to a group that is refused.</summary>
    private static readonly Dictionary<string, (int Passed, int Refused)> Files = new()
    {
        ["additionalProperties"] = (8, 13),
        ["anyOf"] = (18, 0),
        ["boolean_schema"] = (18, 0),
        ["const"] = (54, 0),
        ["defs"] = (0, 2),
        ["enum"] = (45, 6),
        ["exclusiveMaximum"] = (4, 0),
        ["exclusiveMinimum"] = (4, 0),
        ["format"] = (133, 0),
        ["infinite-loop-detection"] = (0, 2),
        ["items"] = (12, 17),
        ["maxItems"] = (6, 0),
        ["maxLength"] = (7, 0),
        ["maximum"] = (8, 0),
        ["minItems"] = (6, 0),
        ["minLength"] = (7, 0),
        ["minimum"] = (11, 0),
        ["multipleOf"] = (11, 0),
        ["pattern"] = (9, 3),
        ["properties"] = (20, 8),
        ["ref"] = (42, 37),
        ["required"] = (18, 0),
        ["type"] = (80, 0),
        ["uniqueItems"] = (43, 26),
    };

    /// <summary>Groups that need what is left out on purpose, each with the word its refusal must name.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["additionalProperties: additionalProperties being false does not allow other properties"] = "patternProperties",
        ["additionalProperties: non-ASCII pattern with additionalProperties"] = "patternProperties",
        ["additionalProperties: additionalProperties with propertyNames"] = "propertyNames",
        ["additionalProperties: dependentSchemas with additionalProperties"] = "dependentSchemas",
        ["defs: validate definition against metaschema"] = "leads out of the document",
        ["enum: empty enum"] = "'enum' is malformed",
        ["infinite-loop-detection: evaluating the same schema location against the same data location twice is not a sign of an infinite loop"] = "allOf",
        ["items: items and subitems"] = "prefixItems",
        ["items: prefixItems with no additional items allowed"] = "prefixItems",
        ["items: items does not look in applicators, valid case"] = "prefixItems",
        ["items: prefixItems validation adjusts the starting index for items"] = "prefixItems",
        ["items: items with heterogeneous array"] = "prefixItems",
        ["pattern: pattern with Unicode property escape requires unicode mode"] = "'pattern' is malformed",
        ["properties: properties, patternProperties, additionalProperties interaction"] = "patternProperties",
        ["ref: relative pointer ref to array"] = "prefixItems",
        ["ref: remote ref, containing refs itself"] = "leads out of the document",
        ["ref: Recursive references between schemas"] = "leads out of the document",
        ["ref: ref creates new scope when adjacent to keywords"] = "unevaluatedProperties",
        ["ref: refs with relative uris and defs"] = "leads out of the document",
        ["ref: relative refs with absolute uris and defs"] = "leads out of the document",
        ["ref: $id must be resolved against nearest parent, not just immediate parent"] = "'not'",
        ["ref: order of evaluation: $id and $ref"] = "leads out of the document",
        ["ref: order of evaluation: $id and $anchor and $ref"] = "$anchor",
        ["ref: order of evaluation: $id and $ref on nested schema"] = "leads out of the document",
        ["ref: simple URN base URI with $ref via the URN"] = "leads out of the document",
        ["ref: URN base URI with URN and JSON pointer ref"] = "leads out of the document",
        ["ref: URN base URI with URN and anchor ref"] = "$anchor",
        ["ref: URN ref with nested pointer ref"] = "leads out of the document",
        ["ref: ref to if"] = "'if'",
        ["ref: ref to then"] = "'then'",
        ["ref: ref to else"] = "'else'",
        ["ref: ref with absolute-path-reference"] = "leads out of the document",
        ["uniqueItems: uniqueItems with an array of items"] = "prefixItems",
        ["uniqueItems: uniqueItems with an array of items and additionalItems=false"] = "prefixItems",
        ["uniqueItems: uniqueItems=false with an array of items"] = "prefixItems",
        ["uniqueItems: uniqueItems=false with an array of items and additionalItems=false"] = "prefixItems",
    };

    [Test]
    public void Validate_OfficialSuite_GivesEveryVerdictOrRefusesTheSchemaByName()
    {
        string folder = SharedFolder.Find("json-schema-test-suite");
        var counts = new Dictionary<string, (int Passed, int Refused)>();
        var wrong = new List<string>();
        var refusedGroups = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            string keyword = Path.GetFileNameWithoutExtension(file);
            (int passed, int refused) = (0, 0);
            using JsonDocument groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement group in groups.RootElement.EnumerateArray())
            {
                string name = $"{keyword}: {group.GetProperty("description").GetString()}";
                JsonElement tests = group.GetProperty("tests");
                if (!SchemaValidator.TryRead(group.GetProperty("schema"), out SchemaValidator? validator, out IReadOnlyList<string> faults))
                {
                    refused += tests.GetArrayLength();
                    refusedGroups.Add(name);
                    if (!Refused.TryGetValue(name, out string? word) || !faults[0].Contains(word, StringComparison.Ordinal))
                    {
                        wrong.Add($"[\"{name}\"] = \"\", // {faults[0]}");
                    }

                    continue;
                }

                foreach (JsonElement test in tests.EnumerateArray())
                {
                    SchemaVerdict verdict = validator.Validate(test.GetProperty("data").GetRawText());
                    if (verdict.IsValid == test.GetProperty("valid").GetBoolean())
                    {
                        passed++;
                    }
                    else
                    {
                        wrong.Add($"{name}: {test.GetProperty("description").GetString()}: {string.Join(" | ", verdict.Issues)}");
                    }
                }
            }

            counts[keyword] = (passed, refused);
        }

        Assert.That(wrong, Is.Empty, string.Join(Environment.NewLine, wrong));
        Assert.That(refusedGroups, Is.EquivalentTo(Refused.Keys));
        Assert.That(counts, Is.EquivalentTo(Files));
        Assert.That((counts.Values.Sum(count => count.Passed), counts.Values.Sum(count => count.Refused)), Is.EqualTo((564, 114)), "678 in all");
    }
}
