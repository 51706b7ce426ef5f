namespace DiscordIntel.EndToEnd;

/// <summary>Ctrl-C at the moment when something is told.</summary>
internal sealed class StoppingWriter(string word, CancellationTokenSource stop) : StringWriter
{
    public override async Task WriteLineAsync(string? value)
    {
        await base.WriteLineAsync(value);
        Stop(value);
    }

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        Stop(value);
    }

    private void Stop(string? value)
    {
        if (value?.Contains(word, StringComparison.Ordinal) == true)
        {
            stop.Cancel();
        }
    }
}
