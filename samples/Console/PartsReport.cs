using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>--parts</c>: how texts would be split. Nobody is asked.</summary>
internal sealed class PartsReport(TextWriter output)
{
    public async Task WriteAsync(AnalysisClient analysis, IReadOnlyList<(string File, string Content)> texts, bool json)
    {
        JsonReport.Split[] splits = [.. texts.Select(text => new JsonReport.Split(text.File, analysis.Split(text.Content)))];
        if (json)
        {
            await output.WriteLineAsync(JsonReport.Write(splits));
            return;
        }

        foreach ((JsonReport.Split split, string content) in splits.Zip(texts.Select(text => text.Content)))
        {
            await output.WriteLineAsync(SafeText.Line($"{Inputs.Title(split.File)}: {(split.Parts.Count == 1 ? "read at once" : $"{split.Parts.Count} parts")}"));
            foreach (AnalysisPart part in split.Parts)
            {
                string start = Start(content.AsSpan(part.Offset, part.Length));
                string inside = part.ContinuedSpeaker is { } speaker ? $" ({speaker} goes on)" : "";
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"  {part.Number,3}. line {part.Line,5}, about {part.Tokens,6:N0} tokens{SafeText.Line(inside)}: {SafeText.Line(start)} ..."));
            }
        }
    }

    private static string Start(ReadOnlySpan<char> text)
    {
        const int shown = 60;
        return text.Length <= shown ? text.ToString() : text[..(char.IsHighSurrogate(text[shown - 1]) ? shown - 1 : shown)].ToString();
    }
}
