using DiscordIntel.Configuration;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using NUnit.Framework;

namespace DiscordIntel.Tests.Configuration;

[TestFixture]
internal sealed class LiveOptionsTests
{
    private static readonly Dictionary<string, string?> Good = new() { ["OPENAI_API_KEY"] = "sk-1", ["DiscordIntel:Models:Text"] = "one" };

    [Test]
    public void Current_NothingChanged_IsTheSameObject()
    {
        using BaseContainer container = BaseContainer.With(Good);
        DiscordIntelOptions first = container.Options;
        Assert.That(container.Options, Is.SameAs(first));
    }

    [Test]
    public void Current_ConfigurationChanged_IsTheNewOneAndTheOldStaysAsItWas()
    {
        using BaseContainer container = BaseContainer.With(Good);
        DiscordIntelOptions before = container.Options;
        container.Change(("DiscordIntel:Models:Text", "two"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(container.Options.Models.Text, Is.EqualTo("two"));
            Assert.That(before.Models.Text, Is.EqualTo("one"), "a call under way keeps its options");
            Assert.That(container.Log.Lines, Has.One.Property("Id").EqualTo(100));
        }
    }

    [Test]
    public void Current_FlatVariableChanged_IsTheNewOne()
    {
        using BaseContainer container = BaseContainer.With(Good);
        Assert.That(container.Options.OpenAI.ApiKey, Is.EqualTo("sk-1"));
        container.Change(("OPENAI_API_KEY", "sk-2"));
        Assert.That(container.Options.OpenAI.ApiKey, Is.EqualTo("sk-2"));
    }

    [Test]
    public void Current_CodeAndChange_CodeStillHasTheLastWord()
    {
        using BaseContainer container = BaseContainer.With(Good, options => options.Models.Text = "code");
        Assert.That(container.Options.Models.Text, Is.EqualTo("code"));
        container.Change(("DiscordIntel:Models:Text", "two"), ("DiscordIntel:Resilience:MaxAttempts", "5"));
        Assert.That((container.Options.Models.Text, container.Options.Resilience.MaxAttempts), Is.EqualTo(("code", 5)));
    }

    [TestCase("DiscordIntel:Generation:MaxOutputTokens", "0", "DiscordIntel:Generation:MaxOutputTokens is 0.")]
    [TestCase("DiscordIntel:Generation:MaxOutputTokens", "many", "'many' at 'DiscordIntel:Generation:MaxOutputTokens'")]
    [TestCase("OPENAI_MAX_TOKENS", "many", "OPENAI_MAX_TOKENS is 'many'.")]
    public void Current_InvalidChange_IsLoggedAndTheLastGoodStaysUntilTheNextGood(string key, string value, string logged)
    {
        using BaseContainer container = BaseContainer.With(Good);
        DiscordIntelOptions before = container.Options;
        Assert.That(() => container.Change((key, value), ("DiscordIntel:Models:Text", "two")), Throws.Nothing);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(container.Options, Is.SameAs(before));
            Assert.That(container.Log.Lines, Has.Count.EqualTo(1));
            Assert.That(container.Log.Lines[0].Level, Is.EqualTo(LogLevel.Error));
            Assert.That(container.Log.Lines[0].Text, Does.Contain(logged));
        }

        container.Change((key, "7"));
        Assert.That((container.Options.Models.Text, container.Options.Generation.MaxOutputTokens), Is.EqualTo(("two", (int?)7)));
    }

    [Test]
    public void Current_KeyRemoved_KeepsTheOldKeyAndLogsNoSecret()
    {
        using BaseContainer container = BaseContainer.With(Good);
        Assert.That(container.Options.OpenAI.ApiKey, Is.EqualTo("sk-1"));
        container.Change(("OPENAI_API_KEY", "sk-secret\u00e9"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(container.Options.OpenAI.ApiKey, Is.EqualTo("sk-1"));
            Assert.That(container.Log.Lines.Single().Text, Does.Contain("DiscordIntel:OpenAI:ApiKey").And.Not.Contain("sk-secret"));
        }
    }

    [Test]
    public void Current_HostsCodeThrowsOnReload_IsLoggedAndTheLastGoodStays()
    {
        using BaseContainer container = BaseContainer.With(Good, options =>
        {
            if (options.Models.Text == "two")
            {
                throw new FormatException("the host's own fault");
            }
        });
        DiscordIntelOptions before = container.Options;
        Assert.That(() => container.Change(("DiscordIntel:Models:Text", "two")), Throws.Nothing);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(container.Options, Is.SameAs(before));
            Assert.That(container.Log.Lines.Single().Exception, Is.InstanceOf<FormatException>());
        }

        container.Change(("DiscordIntel:Models:Text", "three"));
        Assert.That(container.Options.Models.Text, Is.EqualTo("three"), "it goes on listening");
    }

    [Test]
    public void Current_HostsChangeTokenSource_ReloadsToo()
    {
        var source = new ConfigurationReloadTokenSource();
        int made = 0;
        using BaseContainer container = BaseContainer.With(
            Good,
            options => options.Models.Text = $"model-{++made}",
            services => services.AddSingleton<IOptionsChangeTokenSource<DiscordIntelOptions>>(source));
        Assert.That(container.Options.Models.Text, Is.EqualTo("model-1"));
        source.Fire();
        Assert.That(container.Options.Models.Text, Is.EqualTo("model-2"));
    }

    [Test]
    public void Current_ChangedWhileTheFirstAreMade_IsNotMissed()
    {
        IConfigurationRoot root = new ConfigurationBuilder().AddInMemoryCollection().Build();
        DiscordIntelOptions stale = new();
        DiscordIntelOptions fresh = new();
        IOptionsFactory<DiscordIntelOptions> factory = Substitute.For<IOptionsFactory<DiscordIntelOptions>>();
        bool first = true;
        factory.Create(Options.DefaultName).Returns(_ =>
        {
            if (first)
            {
                first = false;
                root.Reload();
                return stale;
            }

            return fresh;
        });
        using var live = new LiveOptions(factory, new ConfigurationBinding(root), [], NullLogger<LiveOptions>.Instance);
        Assert.That(live.Current, Is.SameAs(fresh));
    }

    [Test]
    public void Dispose_ThenChange_IsNotFollowed()
    {
        BaseContainer container = BaseContainer.With(Good);
        LiveOptions live = container.Services.GetRequiredService<LiveOptions>();
        container.Dispose();
        Assert.That(() => container.Change(("DiscordIntel:Models:Text", "two")), Throws.Nothing);
        Assert.That(live.Current.Models.Text, Is.EqualTo("one"));
    }

    private sealed class ConfigurationReloadTokenSource : IOptionsChangeTokenSource<DiscordIntelOptions>
    {
        private ConfigurationReloadToken _token = new();

        public string? Name => Options.DefaultName;

        public Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => _token;

        public void Fire() => Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
    }
}
