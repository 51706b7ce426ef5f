using System.Text.Json;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>The official test suite, draft 2020-12, for the keywords that strict structured outputs know.</summary>
public class JsonSchemaTestSuiteTests
{
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
        int passed = 0;
        int refused = 0;
        var wrong = new List<string>();
        var refusedGroups = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement group in groups.RootElement.EnumerateArray())
            {
                string name = $"{Path.GetFileNameWithoutExtension(file)}: {group.GetProperty("description").GetString()}";
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
        }

        Assert.That(wrong, Is.Empty, string.Join(Environment.NewLine, wrong));
        Assert.That(refusedGroups, Is.EquivalentTo(Refused.Keys));
        Assert.That((passed + refused, passed, refused), Is.EqualTo((678, 564, 114)));
    }
}
