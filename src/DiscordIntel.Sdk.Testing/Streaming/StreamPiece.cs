using System.Runtime.InteropServices;

namespace DiscordIntel.Testing.Streaming;

/// <summary>What one chunk brings.</summary>
/// <param name="Kind">Which part of the reply.</param>
/// <param name="Text">The text of it; empty where the part has none.</param>
/// <param name="Call">The index of the function call, where it belongs to one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamPiece(StreamPieceKind Kind, string Text = "", int Call = 0);
