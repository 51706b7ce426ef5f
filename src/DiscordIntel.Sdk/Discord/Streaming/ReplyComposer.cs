using System.Text;
using DiscordIntel.Discord.Markup;

namespace DiscordIntel.Discord.Streaming;

/// <summary>Says which message is to be written next, and how. Used with the draft's gate held.</summary>
internal sealed class ReplyComposer(ReplyDraft draft, ReplyLimits limits, ReplyStreamerOptions options)
{
    private ReplyMessage? _shown;
    private bool _hasWritten;
    private bool _withoutFiles;
    private bool _isRejected;
    private bool _isPrepared;
    private bool _isCollapsed;

    /// <summary>The number of the message that is being written; those before are done.</summary>
    public int Live { get; private set; }

    /// <summary>Whether the whole text is a file of the last message.</summary>
    public bool Attached => Messages.Overflowed && !_withoutFiles && FileLength <= limits.MaxFileBytes;

    /// <summary>Whether a line took the place of what Discord refused.</summary>
    public bool IsRejected => _isRejected;

    private MessageSplitter Messages => draft.Messages;

    private long FileLength => Encoding.UTF8.GetByteCount(Messages.Text.Span);

    /// <summary>The next call, or null when there is nothing to write.</summary>
    /// <param name="isPosted">Whether the message that is being written stands in Discord already.</param>
    /// <param name="collapse">Whether there is no time for more than one message.</param>
    public ReplyWrite? Next(bool isPosted, bool collapse)
    {
        if (_isRejected)
        {
            return Live == int.MaxValue ? null : new(ReplyWriteKind.Final, Ended(Text(options.Lines.Rejected), ReplyState.Failed), 0);
        }

        if (draft.End is { } end)
        {
            Prepare(end, collapse);
        }

        // A message that was only a status line goes on as the next one.
        while (Live < Messages.Sealed.Count && Messages.IsBlank(Messages.Sealed[Live]))
        {
            Live++;
        }

        if (draft.End is null)
        {
            return Live < Messages.Sealed.Count ? Seal(isLast: false) : Preview();
        }

        bool endsBlank = Messages.IsBlank(Messages.Tail);
        bool hasLast = !endsBlank || isPosted && Live == Messages.Sealed.Count || !_hasWritten || Lines(draft.End.Value).Length > 0;
        return Live < Messages.Sealed.Count ? Seal(isLast: !hasLast && Live == Messages.Sealed.Count - 1)
            : Live == Messages.Sealed.Count && hasLast ? Final(draft.End.Value)
            : null;
    }

    /// <summary>Says that the call took effect.</summary>
    public void Wrote(ReplyWrite write)
    {
        (_shown, _hasWritten) = (write.Message, true);
        if (write.Kind != ReplyWriteKind.Preview)
        {
            Skip(write.Kind == ReplyWriteKind.Final);
        }
    }

    /// <summary>Leaves the message that is being written as it is.</summary>
    public void Skip(bool toTheEnd)
    {
        _shown = null;
        Live = toTheEnd ? int.MaxValue : Live + 1;
    }

    /// <summary>Goes on without a file.</summary>
    public void LeaveFilesOut() => _withoutFiles = true;

    /// <summary>A line takes the place of the text.</summary>
    public void Reject() => _isRejected = true;

    private ReplyWrite? Preview()
    {
        MessagePart tail = Messages.Tail;
        bool isBlank = Messages.IsBlank(tail);
        string status = SmallPrint.Format(limits.MaxChars / 2, draft.Status);
        if (isBlank && (status.Length == 0 || Live > 0))
        {
            return null;
        }

        string content = isBlank ? status[1..] : Messages.Render(tail, options.Cursor);
        content = content.Length > limits.MaxChars ? Messages.Render(tail) : content;
        var message = new ReplyMessage
        {
            Content = isBlank || content.Length + status.Length > limits.MaxChars ? content : content + status,
            State = isBlank ? ReplyState.Working : ReplyState.Partial,
            Controls = ReplyControls.Stop,
        };
        return message == _shown ? null : new(ReplyWriteKind.Preview, message, isBlank ? 0 : tail.BodyLength);
    }

    private ReplyWrite Seal(bool isLast)
    {
        MessagePart part = Messages.Sealed[Live];
        var message = new ReplyMessage
        {
            Content = Messages.Render(part),
            State = ReplyState.Final,
            Controls = isLast ? ReplyControls.Finished : ReplyControls.None,
        };
        return new(ReplyWriteKind.Seal, message, part.BodyLength);
    }

    private ReplyWrite Final(ReplyEnd end)
    {
        MessagePart tail = Messages.Tail;
        bool isBlank = Messages.IsBlank(tail);
        string lines = Lines(end);
        string content = isBlank ? lines.Length > 0 ? lines[1..] : Text(options.Lines.Empty) : Messages.Render(tail) + lines;
        ReplyState state = end switch
        {
            ReplyEnd.Completed => ReplyState.Final,
            ReplyEnd.Stopped => ReplyState.Stopped,
            _ => ReplyState.Failed,
        };
        ReplyMessage message = Ended(content, state);
        return new(ReplyWriteKind.Final, Attached ? message with { Files = [File()] } : message, isBlank ? 0 : tail.BodyLength);
    }

    // Makes room for the lines at the end, by a cut further up if need be.
    private void Prepare(ReplyEnd end, bool collapse)
    {
        bool collapses = collapse && !_isCollapsed && Live < Messages.Sealed.Count;
        if (_isPrepared && !collapses)
        {
            return;
        }

        (_isPrepared, _isCollapsed) = (true, collapse);
        int longest = Math.Max(Lines(end, options.Lines.Attached).Length, Lines(end, options.Lines.NotAttached).Length);
        if (collapses)
        {
            Messages.Recut(Live, limits.MaxChars - longest, Live + 1);
        }
        else if (Messages.Render(Messages.Tail).Length + (Messages.Overflowed ? longest : Lines(end).Length) > limits.MaxChars)
        {
            Messages.Recut(Messages.Sealed.Count, limits.MaxChars - longest, limits.MaxMessages);
        }
    }

    private string Lines(ReplyEnd end) => Lines(end, !Messages.Overflowed ? null : Attached ? options.Lines.Attached : options.Lines.NotAttached);

    private string Lines(ReplyEnd end, string? overflow) => SmallPrint.Format(
        limits.MaxChars / 2,
        end switch
        {
            ReplyEnd.Stopped => options.Lines.Stopped,
            ReplyEnd.Truncated => options.Lines.Truncated,
            ReplyEnd.ModelFailed => draft.Error?.UserMessage,
            ReplyEnd.Expired => options.Lines.OutOfTime,
            _ => null,
        },
        overflow);

    // A line that stands alone, even when the host has none.
    private string Text(string line) => SmallPrint.Format(limits.MaxChars / 2, string.IsNullOrWhiteSpace(line) ? "…" : line)[1..];

    private ReplyFile File()
    {
        byte[] content = new byte[FileLength];
        Encoding.UTF8.GetBytes(Messages.Text.Span, content);
        return new() { Name = "answer.md", MediaType = "text/markdown", Content = content };
    }

    private static ReplyMessage Ended(string content, ReplyState state) =>
        new() { Content = content, State = state, Controls = ReplyControls.Finished };
}
