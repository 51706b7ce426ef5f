using System.Net.Sockets;
using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>Whatever goes wrong: neither a key nor the prompt nor the user's id shows in a log, a span, a metric, an error or an exception.</summary>
[NonParallelizable]
internal sealed class CanaryTests
{
    private const string Prompt = "my canary prompt: the password of the vault is swordfish";

    private static readonly string[] Canaries = [RoadHost.ApiKey, RoadHost.IdentifierKey, RoadHost.UserId, "canary prompt: the password", "vault is swordfish"];
    private static readonly string Echo = $"Bad key {RoadHost.ApiKey} (Bearer {RoadHost.ApiKey}), identifier {RoadHost.IdentifierKey}, for '{Prompt}'";

    private static IEnumerable<TestCaseData> Failures()
    {
        foreach (int status in new[] { 302, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 520 })
        {
            string error = RoadAnswer.Error(Echo, "code", "type");
            yield return Case($"{status}", handler => handler.Then(status, error, ("x-request-id", "req_1")));
        }

        yield return Case("echo in the code", handler => handler.Then(400, RoadAnswer.Error("no", Echo, Echo)));
        yield return Case("echo in the code of a retried answer", handler => handler.Then(503, RoadAnswer.Error("no", Echo, Echo)));
        yield return Case("error as a string", handler => handler.Then(400, $$"""{"error":"{{Echo}}"}"""));
        yield return Case("plain text", handler => handler.Then(400, Echo));
        yield return Case("200 with an error", handler => handler.Then(200, RoadAnswer.Error(Echo, Echo)));
        yield return Case("200 with no JSON", handler => handler.Then(200, Echo));
        yield return Case("200 with half the JSON", handler => handler.Then(200, $$"""{"id":"{{Echo}}","choices":[{"message":{"content":"{{Echo}}"""));
        yield return Case("200 with no choice", handler => handler.Then(200, $$"""{"id":"x","note":"{{Echo}}"}"""));
        yield return Case("refused", handler => handler.Then(200, RoadAnswer.Chat($$"""{"content":null,"refusal":"{{Echo}}"}""")));
        yield return Case("cut off", handler => handler.Then(200, RoadAnswer.Saying(Echo, "length")));
        yield return Case("filtered", handler => handler.Then(200, RoadAnswer.Saying(Echo, "content_filter")));
        yield return Case("unknown finish", handler => handler.Then(200, RoadAnswer.Saying(Echo, "error")));
        yield return Case("tool call nobody asked for", handler => handler.Then(200, RoadAnswer.Chat(
            $$$"""{"content":null,"tool_calls":[{"id":"1","function":{"name":"{{{Echo}}}","arguments":"{{{Echo}}}"} }]}""")));
        yield return Case("reset", handler => handler.Then(new IOException("reset", new SocketException((int)SocketError.ConnectionReset))));
        yield return Case("refused connection", handler => handler.Then(
            new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused))));
        yield return Case("unforeseen", handler => handler.Then(new InvalidOperationException("bug")));
        yield return Case("timeout", handler => handler.ThenStall());

        static TestCaseData Case(string name, Action<RoadHandler> script) => new TestCaseData(script).SetName($"CompleteAsync_{name.Replace(' ', '_')}_LeaksNothing");
    }

    [TestCaseSource(nameof(Failures))]
    public async Task CompleteAsync_Failure_LeaksNothing(Action<RoadHandler> script)
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        script(host.Handler);

        Task<StepResult<string>> call = host.AskAsync(Prompt);
        while (!call.IsCompleted && await host.Time.NextTimeoutAsync(call) is { } due)
        {
            host.Time.Advance(due);
        }

        StepResult<string> result = await call.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(result.IsSuccess, Is.False);
        string exceptions = $"{result.Error!.Exception}\n{new StepException(result.Error)}\n{Words(result.Error.Exception)}";
        Assert.Multiple(() =>
        {
            AssertClean(host.Log.Everything, "log");
            AssertClean(telemetry.Everything, "telemetry");
            AssertClean(result.Error.Message, "message");
            AssertClean(result.Error.UserMessage, "user message");
            AssertClean(result.Error.ToString(), "error as text");
            AssertClean(exceptions, "exception");
            AssertClean(string.Join('\n', [.. result.Receipt.Adjustments, .. result.Receipt.Warnings, result.Receipt.Model, result.Receipt.Provider]), "receipt");
            Assert.That(host.Handler.Requests[0].Body, Does.Not.Contain(RoadHost.UserId).And.Not.Contains("111111111111111111").And.Not.Contains("222222222222222222"));
            Assert.That(host.Log.Everything, Does.Contain("text.complete"), "there was something to search");
            Assert.That(telemetry.Everything, Does.Contain("text.complete"));
        });
    }

    [Test]
    public async Task CompleteAsync_Success_LeaksNothing()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(200, RoadAnswer.Saying(Echo));

        await host.AskAsync(Prompt);

        AssertClean(host.Log.Everything, "log");
        AssertClean(telemetry.Everything, "telemetry");
    }

    private static void AssertClean(string text, string where)
    {
        foreach (string canary in Canaries)
        {
            Assert.That(text, Does.Not.Contain(canary).IgnoreCase, where);
        }
    }

    /// <summary>What a logger that takes objects apart would find in an exception.</summary>
    private static string Words(Exception? exception)
    {
        var words = new StringBuilder();
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            foreach (System.Reflection.PropertyInfo property in at.GetType().GetProperties())
            {
                object? value = property.GetValue(at);
                words.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{property.Name}: {value}");
                foreach (System.Reflection.PropertyInfo inner in value is DiscordIntel.Providers.ProviderFault ? value.GetType().GetProperties() : [])
                {
                    words.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{inner.Name}: {inner.GetValue(value)}");
                }
            }
        }

        return words.ToString();
    }
}
