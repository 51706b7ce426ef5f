using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Text;

namespace DiscordIntel.Snippets;

internal sealed class StreamingSnippets
{
    [Test]
    public async Task Live()
    {
        TextClient text = Emulated.Client().Text;
        CancellationToken cancellationToken = CancellationToken.None;
        string question = "Why is the sky blue?";
        var shown = new StringBuilder();

        #region streaming-live
        await foreach (StepResult<StreamChunk> step in text.StreamAsync(question, Emulated.Scope, cancellationToken))
        {
            if (step.Error is { } error)
            {
                shown.Append($"\n{error.UserMessage}");          // what came before it stays; error.Partial has it again
            }
            else if (step.Value.IsFinal)
            {
                Console.WriteLine($"complete, {step.Receipt.OutputTokens} tokens, first text after {step.Receipt.TimeToFirstChunk}");
            }
            else
            {
                shown.Append(step.Value.Text);
            }
        }
        #endregion

        Assert.That(shown.ToString(), Is.Not.Empty);
    }
}
