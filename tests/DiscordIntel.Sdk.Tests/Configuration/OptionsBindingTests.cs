using System.Globalization;
using System.Reflection;
using DiscordIntel.Configuration;
using DiscordIntel.Models;
using DiscordIntel.Results;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace DiscordIntel.Tests.Configuration;

/// <summary>Whatever can be set in code can be set in the section, by the path that its name says.</summary>
[TestFixture]
internal sealed class OptionsBindingTests
{
    [Test]
    public void Section_EveryOption_IsReached()
    {
        Leaf[] leaves = [.. Leaves(typeof(DiscordIntelOptions), "", options => options)];
        DiscordIntelOptions bound = Bind(leaves.ToDictionary(leaf => $"DiscordIntel:{leaf.Path}", leaf => leaf.Setting));
        Assert.That(leaves, Has.Length.GreaterThan(25));
        using (Assert.EnterMultipleScope())
        {
            foreach (Leaf leaf in leaves)
            {
                Assert.That(Convert.ToString(leaf.Read(bound), CultureInfo.InvariantCulture), Is.EqualTo(leaf.Expected), leaf.Path);
            }
        }
    }

    [Test]
    public void Section_CatalogEntry_IsReadWithDateEnumListAndPrices()
    {
        DiscordIntelOptions options = Bind(new()
        {
            ["DiscordIntel:Models:Catalog:0:Id"] = "my-model",
            ["DiscordIntel:Models:Catalog:0:Shutdown"] = "2027-01-14",
            ["DiscordIntel:Models:Catalog:0:Temperature"] = "onlyWithoutReasoning",
            ["DiscordIntel:Models:Catalog:0:ReasoningEfforts:0"] = "none",
            ["DiscordIntel:Models:Catalog:0:ReasoningEfforts:1"] = "low",
            ["DiscordIntel:Models:Catalog:0:InputPrice"] = "0.15",
            ["DiscordIntel:Models:Catalog:0:OutputPrice"] = "0.6",
            ["DiscordIntel:Models:Catalog:1:Id"] = "other",
        });
        ModelOverride entry = options.Models.Catalog[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Models.Catalog, Has.Count.EqualTo(2));
            Assert.That((entry.Id, entry.Shutdown, entry.Temperature), Is.EqualTo(("my-model", (DateOnly?)new DateOnly(2027, 1, 14), (TemperatureSupport?)TemperatureSupport.OnlyWithoutReasoning)));
            Assert.That(entry.ReasoningEfforts, Is.EqualTo(new[] { "none", "low" }));
            Assert.That((entry.InputPrice, entry.CachedInputPrice, entry.OutputPrice), Is.EqualTo(((decimal?)0.15m, (decimal?)null, (decimal?)0.6m)));
        }
    }

    [Test]
    public void Section_UserMessages_AreReadByKind()
    {
        DiscordIntelOptions options = Bind(new() { ["DiscordIntel:UserMessages:RateLimited"] = "Zu viele Anfragen.", ["DiscordIntel:UserMessages:timeout"] = "Zu langsam." });
        Assert.That(
            options.UserMessages,
            Is.EquivalentTo(new Dictionary<StepErrorKind, string> { [StepErrorKind.RateLimited] = "Zu viele Anfragen.", [StepErrorKind.Timeout] = "Zu langsam." }));
    }

    [Test]
    public void Section_OtherCulture_NumbersKeepTheDecimalPoint()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = comma;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(Bind(new() { ["DiscordIntel:Generation:Temperature"] = "0.3" }).Generation.Temperature, Is.EqualTo(0.3f));
                Assert.That(Bind(new() { ["OPENAI_TEMPERATURE"] = "0.4" }).Generation.Temperature, Is.EqualTo(0.4f));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static DiscordIntelOptions Bind(Dictionary<string, string?> settings)
    {
        var options = new DiscordIntelOptions();
        new ConfigurationBinding(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Configure(options);
        return options;
    }

    private static IEnumerable<Leaf> Leaves(Type type, string path, Func<object, object?> at)
    {
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Type inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            string here = path + property.Name;
            Func<object, object?> read = options => property.GetValue(at(options));
            if (inner.IsAssignableTo(typeof(Delegate)))
            {
                continue;
            }

            if (Sample(inner) is { } sample)
            {
                yield return new Leaf(here, sample.Setting, Convert.ToString(sample.Value, CultureInfo.InvariantCulture), read);
            }
            else if (inner == typeof(IList<string>))
            {
                yield return new Leaf($"{here}:0", "first", "first", options => ((IList<string>)read(options)!)[0]);
            }
            else if (inner == typeof(IDictionary<StepErrorKind, string>))
            {
                foreach (StepErrorKind kind in Enum.GetValues<StepErrorKind>())
                {
                    yield return new Leaf($"{here}:{kind}", $"told {kind}", $"told {kind}", options => ((IDictionary<StepErrorKind, string>)read(options)!)[kind]);
                }
            }
            else if (inner == typeof(IDictionary<string, decimal>))
            {
                yield return new Leaf($"{here}:text", "7.5", "7.5", options => ((IDictionary<string, decimal>)read(options)!)["TEXT"]);
            }
            else if (inner == typeof(IList<ModelOverride>))
            {
                foreach (Leaf leaf in Leaves(typeof(ModelOverride), $"{here}:0:", options => ((IList<ModelOverride>)read(options)!)[0]))
                {
                    yield return leaf;
                }
            }
            else
            {
                Assert.That(inner.Namespace, Does.StartWith("DiscordIntel"), $"{here}: a sample of {inner} is missing in this test");
                foreach (Leaf leaf in Leaves(inner, $"{here}:", read))
                {
                    yield return leaf;
                }
            }
        }
    }

    // None of these is a default.
    private static (string Setting, object Value)? Sample(Type type) =>
        type == typeof(string) ? ("some text", "some text")
        : type == typeof(int) ? ("77", 77)
        : type == typeof(float) ? ("0.25", 0.25f)
        : type == typeof(decimal) ? ("1.125", 1.125m)
        : type == typeof(bool) ? ("False", false)
        : type == typeof(TimeSpan) ? ("00:00:07.5", TimeSpan.FromSeconds(7.5))
        : type == typeof(DateOnly) ? ("2031-02-03", new DateOnly(2031, 2, 3))
        : type == typeof(DiscordIntel.Providers.OpenAIApi) ? ("Responses", DiscordIntel.Providers.OpenAIApi.Responses)
        : type == typeof(ToolSupport) ? ("Never", ToolSupport.Never)
        : type == typeof(TemperatureSupport) ? ("Fixed", TemperatureSupport.Fixed)
        : null;

    private sealed record Leaf(string Path, string? Setting, string? Expected, Func<object, object?> Read);
}
