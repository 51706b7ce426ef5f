using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>Takes a completion apart into what its chunks bring.</summary>
internal static class StreamPieces
{
    public static IReadOnlyList<StreamPiece> Of(Completion completion, int? chunkLength, bool withUsage)
    {
        var pieces = new List<StreamPiece>();
        if (completion.HasChoice)
        {
            pieces.Add(new StreamPiece(StreamPieceKind.Role));
            Add(StreamPieceKind.Content, completion.Content ?? "", 0);
            Add(StreamPieceKind.Refusal, completion.Refusal ?? "", 0);
            foreach ((int index, (string name, string arguments)) in completion.ToolCalls.Index())
            {
                pieces.Add(new StreamPiece(StreamPieceKind.CallName, name, index));
                Add(StreamPieceKind.CallArguments, arguments, index);
            }

            pieces.Add(new StreamPiece(StreamPieceKind.Finish));
        }
        else
        {
            pieces.Add(new StreamPiece(StreamPieceKind.Empty));
        }

        if (withUsage)
        {
            pieces.Add(new StreamPiece(StreamPieceKind.Usage));
        }

        return pieces;

        void Add(StreamPieceKind kind, string text, int call) =>
            pieces.AddRange(TextPieces.Of(text, chunkLength).Select(piece => new StreamPiece(kind, piece, call)));
    }
}
