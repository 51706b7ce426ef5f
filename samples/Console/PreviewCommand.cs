using System.Runtime.CompilerServices;
using System.Text;
using DiscordIntel.Discord;
using DiscordIntel.Results;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>discord-preview</c>: an answer in, the calls that write it into Discord out.</summary>
internal sealed class PreviewCommand(TextReader input, TextWriter output)
{
    // About a token.
    private const int PieceChars = 4;

    public async Task<int> RunAsync(PreviewArguments arguments, CancellationToken cancellationToken)
    {
        string answer = await new Inputs(input).ReadAsync(arguments.File, cancellationToken);
        var clock = new VirtualClock();
        var sink = new PreviewSink(arguments.Limit, clock);
        var streamer = new DiscordReplyStreamer(time: clock);
        ReplyOutcome outcome = await clock.Run(
            () => streamer.RunAsync(Written(answer, arguments.CharsPerSecond, clock, CancellationToken.None), sink, abort: cancellationToken), cancellationToken);
        var preview = new PreviewReport.Preview(arguments.File, answer.Length, arguments.CharsPerSecond, arguments.Limit, Math.Round(clock.Elapsed.TotalSeconds, 3), outcome, sink.Calls);
        await (arguments.Json ? output.WriteLineAsync(PreviewReport.Json(preview)) : PreviewReport.WriteAsync(output, preview));
        return preview.Outcome.End is ReplyEnd.Completed ? ExitCode.Success : ExitCode.Failed;
    }

    /// <summary>The answer, piece by piece, as fast as the model writes.</summary>
    private static async IAsyncEnumerable<StepResult<StreamChunk>> Written(
        string answer, double charsPerSecond, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var piece = new StringBuilder();
        foreach (Rune rune in answer.EnumerateRunes())
        {
            piece.Append(rune.ToString());
            if (piece.Length >= PieceChars)
            {
                yield return await NextAsync();
            }
        }

        if (piece.Length > 0)
        {
            yield return await NextAsync();
        }

        yield return StepResult.Success(StreamChunk.Final());

        async Task<StepResult<StreamChunk>> NextAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(piece.Length / charsPerSecond), clock, cancellationToken);
            string text = piece.ToString();
            piece.Clear();
            return StepResult.Success(StreamChunk.Of(text));
        }
    }
}
