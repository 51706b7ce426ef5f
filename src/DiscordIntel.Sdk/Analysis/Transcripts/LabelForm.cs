namespace DiscordIntel.Analysis.Transcripts;

/// <summary>How a transcript names who speaks.</summary>
internal enum LabelForm
{
    /// <summary>With a time: <c>[21:04] nick: text</c>, or <c>nick — Today at 21:04</c> on its own line.</summary>
    Stamped,

    /// <summary><c>Name: text</c>, or <c>Name:</c> on its own line.</summary>
    Colon,

    /// <summary><c>NAME.</c>, <c>NAME</c> or <c>Name</c> on its own line.</summary>
    OwnLine,
}
