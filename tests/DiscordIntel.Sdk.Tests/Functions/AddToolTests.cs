using System.Text.Json;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Functions;

/// <summary>Tools on the builder: what is bound here and what the model gives.</summary>
internal sealed class AddToolTests
{
    private static readonly string[] Names = ["a", "b"];

    [Test]
    public async Task AddTool_Method_BindsServicesScopeAndToken()
    {
        using var host = new CallHost(services =>
        {
            services.AddScoped<Shop>();
            services.AddDiscordIntel().AddTool(
                (string item, IEnumerable<string> colours, Shop shop, IntelScope scope, CancellationToken token) =>
                    $"{shop.Price(item)} {string.Join('+', colours)} {scope.Tenant} {token.CanBeCanceled}",
                "price",
                "The price of an item.");
        });
        host.Emulator.Enqueue(EmulatorReply.ToolCalls(("price", """{"item":"hat","colours":["a","b"]}""")), EmulatorReply.Text("3."));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync("Hat?", CallHost.Scope);

        Assert.That(result.Receipt.ToolSteps.Single().Result, Is.EqualTo("hat costs 3 a+b 11 True"));
        JsonElement sent = host.Emulator.Requests[0].Body.GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetProperty("properties");
        Assert.That(sent.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "item", "colours" }));
    }

    [Test]
    public async Task AddTool_Handler_GetsCheckedArguments()
    {
        using var host = new CallHost(services => services.AddDiscordIntel().AddTool(
            "join",
            "Joins names.",
            JsonElement.Parse("""{"type":"object","properties":{"names":{"type":"array","items":{"type":"string"}},"end":{"type":"string"}},"required":["names"]}"""),
            (arguments, scope, _) => new($"{arguments.GetProperty("names").GetArrayLength()} for {scope.Tenant}, {arguments.TryGetProperty("end", out JsonElement _)}")));
        host.Emulator.Enqueue(EmulatorReply.ToolCalls(("join", JsonSerializer.Serialize(new { names = Names, end = (string?)null }))), EmulatorReply.Text("Done."));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync("Join", CallHost.Scope);

        Assert.That(result.Receipt.ToolSteps.Single().Result, Is.EqualTo("2 for 11, False"));
    }

    [Test]
    public async Task AddTool_TwoOfOneName_IsInvalid()
    {
        var bot = new BotTools();
        using var host = new CallHost(services => services.AddDiscordIntel().AddTool(bot.Score).AddTool(bot.Score));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync("Hi", CallHost.Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(result.Error!.Message, Does.Contain("'score'"));
    }

    [TestCase("a b")]
    [TestCase("größe")]
    public async Task Tool_UnlawfulName_IsInvalid(string name)
    {
        using var host = new CallHost();

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("Hi", AIFunctionFactory.Create(() => 1, name)), CallHost.Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(host.Sent, Is.Zero);
    }

    [Test]
    public async Task Tool_ParametersThatCannotBeChecked_AreInvalidWithAWayOut()
    {
        using var host = new CallHost();
        AIFunction open = AIFunctionFactory.Create((Dictionary<string, int> counts) => counts.Count, "count");

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("Hi", open), CallHost.Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(result.Error!.Message, Does.Contain("counts").And.Contain("IJsonSchemaValidator"));
    }

    [Test]
    public void AddTool_OptionsOutOfRange_Throw()
    {
        var builder = new ServiceCollection().AddDiscordIntel();
        Assert.Throws<ArgumentException>(() => builder.AddTool(() => 1, "one", configure: tool => tool.Timeout = TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => builder.AddTool(() => 1, "one", configure: tool => tool.MaxConcurrency = 0));
        Assert.Throws<ArgumentNullException>(() => builder.AddTool((AIFunction)null!));
        Assert.Throws<ArgumentException>(() => builder.AddTool("one", "One.", default, (_, _, _) => ValueTask.FromResult("1")));
    }

    [Test]
    public async Task Results_OfEveryKind_AreText()
    {
        using var host = new CallHost();
        AIFunction[] tools =
        [
            AIFunctionFactory.Create(() => { }, "nothing"),
            AIFunctionFactory.Create(() => 7, "number"),
            AIFunctionFactory.Create(() => new { A = 1 }, "thing"),
            AIFunctionFactory.Create(() => Task.FromResult<string?>(null), "missing"),
        ];
        host.Emulator.Enqueue(EmulatorReply.ToolCalls(("nothing", "{}"), ("number", "{}"), ("thing", "{}"), ("missing", "{}")), EmulatorReply.Text("Done."));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("All", tools), CallHost.Scope);

        Assert.That(result.Receipt.ToolSteps.Select(step => step.Result), Is.EqualTo(
            new[] { "The function ended without a result.", "7", "{\n  \"a\": 1\n}", "The function ended without a result." }));
    }

    private sealed class Shop
    {
        public string Price(string item) => $"{item} costs 3";
    }
}
