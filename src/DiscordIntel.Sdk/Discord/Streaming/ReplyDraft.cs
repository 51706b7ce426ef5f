using DiscordIntel.Discord.Markup;
using DiscordIntel.Results;

namespace DiscordIntel.Discord.Streaming;

/// <summary>
/// What is to be shown, between the one that reads the model and the one that writes to Discord. The text is kept once; states between two calls are never
/// queued, so a slow sink costs no memory.
/// </summary>
internal sealed class ReplyDraft(MessageText text, CancellationTokenSource model)
{
    private TaskCompletionSource? _listener;
    private bool _wantsAnything;

    /// <summary>Held while anything here is read or changed.</summary>
    public Lock Gate { get; } = new();

    public MessageSplitter Messages => text.Messages;

    /// <summary>What is being done while no text comes.</summary>
    public string? Status { get; private set; }

    /// <summary>How the answer ended; null while it goes on.</summary>
    public ReplyEnd? End { get; private set; }

    public StepError? Error { get; private set; }

    public StepReceipt Receipt { get; private set; } = StepReceipt.None;

    /// <summary>Takes a piece of the answer.</summary>
    /// <returns>Whether more is wanted.</returns>
    public bool Append(StreamChunk chunk, StepReceipt receipt)
    {
        TaskCompletionSource? listener;
        bool goesOn;
        lock (Gate)
        {
            if (End is not null)
            {
                return false;
            }

            int before = Messages.Sealed.Count;
            text.Append(chunk.Text);
            Status = string.IsNullOrWhiteSpace(chunk.Text) ? chunk.Status ?? Status : chunk.Status;
            if (Messages.Truncated || chunk.IsFinal)
            {
                Receipt = chunk.IsFinal ? receipt : Receipt;
                Close(Messages.Truncated ? ReplyEnd.Truncated : ReplyEnd.Completed);
            }

            goesOn = End is null;
            listener = TakeListener(isUrgent: !goesOn || Messages.Sealed.Count > before);
        }

        // Outside of the gate: the writer runs on from here until it waits.
        listener?.TrySetResult();
        return goesOn;
    }

    /// <summary>Ends the answer, if it goes on, and cancels the model.</summary>
    public void Interrupt(ReplyEnd end)
    {
        // The draft ends first: what a cancelled stream still gives is not taken.
        if (Finish(end))
        {
            model.Cancel();
        }
    }

    /// <summary>Ends the answer, if it goes on.</summary>
    /// <returns>Whether it went on.</returns>
    public bool Finish(ReplyEnd end, StepError? error = null, StepReceipt? receipt = null)
    {
        TaskCompletionSource? listener;
        lock (Gate)
        {
            if (End is not null)
            {
                return false;
            }

            (Error, Receipt) = (error, receipt ?? Receipt);
            Close(end);
            listener = TakeListener(isUrgent: true);
        }

        listener?.TrySetResult();
        return true;
    }

    /// <summary>Completes when a message is full or the answer ends; with <paramref name="anything"/> at any change. Call it with the gate held.</summary>
    public Task Listen(bool anything)
    {
        _wantsAnything = anything;
        _listener ??= new TaskCompletionSource();
        return _listener.Task;
    }

    private void Close(ReplyEnd end)
    {
        text.Complete();
        End = end == ReplyEnd.Completed && Messages.Truncated ? ReplyEnd.Truncated : end;
        Status = null;
    }

    private TaskCompletionSource? TakeListener(bool isUrgent)
    {
        if (!isUrgent && !_wantsAnything)
        {
            return null;
        }

        TaskCompletionSource? listener = _listener;
        _listener = null;
        return listener;
    }
}
