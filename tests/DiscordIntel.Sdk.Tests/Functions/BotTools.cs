using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Tests.Functions;

/// <summary>The functions of a small bot. Each notes that it ran.</summary>
internal sealed class BotTools
{
    public ConcurrentQueue<string> Ran { get; } = [];

    public AIFunction Score => AIFunctionFactory.Create(ScoreOf, "score");

    public AIFunction Ban => AIFunctionFactory.Create((string user) => Note($"ban {user}", "banned"), "ban", "Bans a user.");

    public AIFunction Throws => AIFunctionFactory.Create(
        (string user) => Note($"throws {user}", user).Length > 0 ? throw new InvalidOperationException("secret canary 4711") : "", "throws", "Fails.");

    public AIFunction Time => AIFunctionFactory.Create(() => Note("time", "noon"), "time", "Tells the time.");

    public AIFunction Long(int characters) => AIFunctionFactory.Create((int page) => Note($"long {page}", new string('x', characters)), "long", "A long page.");

    [Description("The score of a team.")]
    public string ScoreOf([Description("The team's name.")] string team, [Description("The season; the current one when left out.")] int? season = null) =>
        Note($"score {team} {season}", $"{team}: 3");

    public T Note<T>(string what, T result)
    {
        Ran.Enqueue(what);
        return result;
    }
}
