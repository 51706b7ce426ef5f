using DiscordIntel.Results;

namespace DiscordIntel.Snippets;

internal sealed class ResultsSnippets
{
    private readonly DiscordIntelClient _intel = Emulated.Client();
    private readonly List<string> _shown = [];

    [Test]
    public async Task Check()
    {
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region results-check
        StepResult<string> answer = await _intel.Text.CompleteAsync("Explain slash commands in one sentence.", scope, ct);
        if (answer.IsSuccess)
        {
            await ReplyAsync(answer.Value);              // the compiler knows that it is there
        }
        else if (answer.Error.Kind is StepErrorKind.Truncated)
        {
            await ReplyAsync(answer.Error.Partial + " ...");
        }
        else
        {
            await ReplyAsync(answer.Error.UserMessage);  // safe to show; Error.Message is for the log
        }
        #endregion

        Assert.That(_shown, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Chain()
    {
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region results-chain
        StepResult<string> poem = await _intel.Text.CompleteAsync("Write a haiku about latency.", scope, ct);
        StepResult<int> length = poem.Map(text => text.Length);
        StepResult<string> german = await poem.ThenAsync(text => _intel.Text.CompleteAsync($"Translate into German: {text}", scope, ct));
        #endregion

        Assert.That(length.IsSuccess);
        Assert.That(german.Receipt.Attempts, Is.EqualTo(2));
    }

    [Test]
    public void Scopes()
    {
        #region results-scopes
        IntelScope inServer = IntelScope.Guild(guildId: 81384788765712384, channelId: 381870553235193857, userId: 53905483156684800);
        IntelScope inDirectMessage = IntelScope.DirectMessage(userId: 53905483156684800);
        var elsewhere = new IntelScope(tenant: "newsletter", workspace: "drafts", user: "ann");
        #endregion

        string[] keys = [inServer.TenantKey, inDirectMessage.TenantKey, elsewhere.TenantKey];
        Assert.That(keys, Is.Unique);
    }

    private Task ReplyAsync(string text)
    {
        _shown.Add(text);
        return Task.CompletedTask;
    }
}
