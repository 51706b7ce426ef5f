namespace DiscordIntel.Analysis.Transcripts;

/// <summary>How a transcript names who speaks.</summary>
internal enum LabelForm
{
    /// <summary>With a time: <c>[21:04] nick: text</c>, <c>21:04 - nick: text</c>, or <c>nick — Today at 21:04</c> and <c>[23-Nov-26 09:04 PM] nick</c> on their own lines.</summary>
    Stamped,

    /// <summary><c>&lt;nick&gt; text</c>.</summary>
    Angle,

    /// <summary><c>Name: text</c>, <c>Name (replying to Other): text</c>, or <c>Name:</c> on its own line.</summary>
    Colon,

    /// <summary><c>NAME.</c>, <c>NAME</c> or <c>Name</c> on its own line.</summary>
    OwnLine,
}
