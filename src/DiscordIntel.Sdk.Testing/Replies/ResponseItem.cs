using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Replies;

/// <summary>One item of a response's output.</summary>
/// <param name="Type"><c>reasoning</c>, <c>message</c> or <c>function_call</c>.</param>
/// <param name="Id">Its id.</param>
internal sealed record ResponseItem(string Type, string Id)
{
    /// <summary>The text of a message; the arguments of a call.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Whether the text is a refusal.</summary>
    public bool IsRefusal { get; private init; }

    /// <summary>The function that is called.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The id that the result must name.</summary>
    public string CallId { get; private init; } = "";

    public static IReadOnlyList<ResponseItem> Of(EmulatorCall call, Completion completion)
    {
        var items = new List<ResponseItem>();
        if (!completion.HasChoice || !completion.HasMessage)
        {
            return items;
        }

        if (call.WantsReasoning)
        {
            items.Add(new ResponseItem("reasoning", Named("rs", call, 0)));
        }

        if (completion.Content is not null || completion.Refusal is not null)
        {
            items.Add(new ResponseItem("message", Named("msg", call, 0)) { Text = completion.Refusal ?? completion.Content!, IsRefusal = completion.Refusal is not null });
        }

        items.AddRange(completion.ToolCalls.Select((function, index) => new ResponseItem("function_call", Named("fc", call, index))
        {
            Name = function.Name,
            Text = function.Arguments,
            CallId = Completion.CallId(call, index),
        }));
        return items;
    }

    /// <param name="json">Where to.</param>
    /// <param name="isDone">False for the item as it begins: nothing said yet.</param>
    public void Write(Utf8JsonWriter json, bool isDone)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("type", Type);
        if (Type == "reasoning")
        {
            json.WriteStartArray("summary");
            json.WriteEndArray();
            json.WriteString("encrypted_content", isDone ? ResponseWriter.HiddenOf(Id) : "");
        }
        else
        {
            json.WriteString("status", isDone ? "completed" : "in_progress");
        }

        if (Type == "function_call")
        {
            json.WriteString("call_id", CallId);
            json.WriteString("name", Name);
            json.WriteString("arguments", isDone ? Text : "");
        }
        else if (Type == "message")
        {
            json.WriteString("role", "assistant");
            json.WriteStartArray("content");
            if (isDone)
            {
                WritePart(json, Text);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The one part of a message, with so much of its text.</summary>
    public void WritePart(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", IsRefusal ? "refusal" : "output_text");
        json.WriteString(IsRefusal ? "refusal" : "text", text);
        if (!IsRefusal)
        {
            json.WriteStartArray("annotations");
            json.WriteEndArray();
            json.WriteStartArray("logprobs");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Named(string kind, EmulatorCall call, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}_emulator_{call.Number}_{index}");
}
