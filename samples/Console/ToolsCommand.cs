using DiscordIntel.Functions;
using DiscordIntel.Testing;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>tools</c>: a question in, the calls of functions and the answer as they come.</summary>
internal sealed class ToolsCommand(TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private static readonly EmulatorReply[] Script =
    [
        EmulatorReply.ToolCalls(("current_time", """{"timeZone":"Europe/Berlin"}"""), ("roll_dice", """{"count":2,"sides":6}""")),
        EmulatorReply.ToolCalls(("convert_units", """{"value":26.2,"from":"mi","to":"km"}""")),
        EmulatorReply.Text("The built-in emulator made these calls to show how they run. It reads neither the question nor the results; a model would answer from them."),
    ];

    private readonly IntelScope _scope = new("console", "local", "user");

    public async Task<int> RunAsync(ToolsArguments arguments, CancellationToken cancellationToken)
    {
        var tools = new DemoTools(TimeProvider.System);
        await using var backend = Backend.Open(
            environment,
            static _ => { },
            build: intel => intel
                .AddTool(tools.CurrentTime, "current_time")
                .AddTool(DemoTools.RollDice, "roll_dice")
                .AddTool(DemoTools.ConvertUnits, "convert_units"),
            script: Script);
        var request = new FunctionRequest
        {
            Messages = [new ChatMessage(ChatRole.User, arguments.Question)],
            Generation = new GenerationOptions { Model = arguments.Model, Timeout = arguments.Timeout },
        };
        return await new LiveAnswer(backend, output, error).PrintAsync(
            backend.Client.Functions.RunStreamingAsync(request, _scope, CancellationToken.None), arguments.Model, _scope, cancellationToken);
    }
}
