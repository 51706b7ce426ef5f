using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DiscordIntel.Discord;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The calls as a table and the messages as they stay, or both as JSON.</summary>
internal static partial class PreviewReport
{
    private static readonly PreviewJson Writer = new(new JsonSerializerOptions(PreviewJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Json(Preview preview) => JsonSerializer.Serialize(preview, Writer.Preview);

    public static async Task WriteAsync(TextWriter output, Preview preview)
    {
        await output.WriteLineAsync(Text(
            $"{SafeText.Line(Inputs.Title(preview.File))}: {preview.Chars:N0} characters, written at {preview.CharsPerSecond:0.##} a second; messages of at most {preview.Limit:N0} (virtual time)"));
        await output.WriteLineAsync();
        await output.WriteLineAsync("       t  call  message  chars  state");
        foreach (PreviewCall call in preview.Calls)
        {
            string files = call.Files.Count == 0 ? "" : $" + {string.Join(", ", call.Files)}";
            await output.WriteLineAsync(Text($"{call.At,8:0.00}  {call.Call}  {call.Message,7}  {call.Chars,5}  {call.State}{files}"));
        }

        foreach (PreviewCall last in preview.Calls.GroupBy(call => call.Message).Select(calls => calls.Last()))
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(Text($"--- message {last.Message}, {last.Chars} characters ---"));
            foreach (string line in last.Content.Split('\n'))
            {
                await output.WriteLineAsync(SafeText.Indented(line));
            }
        }

        ReplyOutcome outcome = preview.Outcome;
        await output.WriteLineAsync();
        await output.WriteLineAsync(Text(
            $"{outcome.End} after {preview.Seconds:0.00} s: {Count(outcome.Messages, "message")}, {Count(outcome.SinkCalls, "call")}, at most {Most(preview.Calls, 5)} in 5 s and {Most(preview.Calls, 60)} in 60 s{(outcome.OverflowAttached ? "; the whole answer is attached" : "")}."));
    }

    private static string Count(int count, string what) => Text($"{count} {what}{(count == 1 ? "" : "s")}");

    private static int Most(IReadOnlyList<PreviewCall> calls, double seconds) =>
        calls.Select((call, index) => calls.Skip(index).TakeWhile(later => later.At < call.At + seconds).Count()).DefaultIfEmpty().Max();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal sealed record Preview(
        string File, int Chars, double CharsPerSecond, int Limit, double Seconds, [property: JsonIgnore] ReplyOutcome Outcome, IReadOnlyList<PreviewCall> Calls)
    {
        public ReplyEnd End => Outcome.End;

        public bool OverflowAttached => Outcome.OverflowAttached;

        public IReadOnlyList<string> Messages => [.. Calls.GroupBy(call => call.Message).Select(calls => calls.Last().Content)];
    }

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Preview))]
    internal sealed partial class PreviewJson : JsonSerializerContext;
}
