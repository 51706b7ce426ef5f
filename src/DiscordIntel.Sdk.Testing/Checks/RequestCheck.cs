using System.Text.Json;
using DiscordIntel.Testing.Http;

namespace DiscordIntel.Testing.Checks;

/// <summary>Finds what OpenAI would answer an error to, before any model sees the request.</summary>
internal static class RequestCheck
{
    private const string NoKey =
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), " +
        "or as the password field (with username blank) if you're accessing the API from your browser and are prompted for a username and password. " +
        "You can obtain an API key from https://platform.openai.com/account/api-keys.";

    private const string NotJson =
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, " +
        "but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)";

    public static ApiError? Find(ReceivedRequest request)
    {
        if (!request.IsModelCall && !request.IsModels)
        {
            return ApiError.Invalid($"Invalid URL ({request.Method} {request.Path})", null) with { Status = 404 };
        }

        if (!request.Headers.ContainsKey("authorization"))
        {
            return ApiError.Invalid(NoKey, null) with { Status = 401 };
        }

        return request.IsChat ? FindInChat(request.Body) : request.IsResponses ? FindInResponses(request.Body) : null;
    }

    private static ApiError? FindInChat(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Invalid(NotJson, null);
        }

        if (!body.TryGetProperty("model", out JsonElement model) || model.ValueKind == JsonValueKind.Null)
        {
            return ApiError.Invalid("you must provide a model parameter", null);
        }

        return ChatMembers.Rule.Find(body, "")
            ?? FindInStream(body)
            ?? MessageCheck.Find(body.GetProperty("messages"))
            ?? ModelCheck.Find(body, model.GetString()!)
            ?? ResponseFormatCheck.Find(body)
            ?? ToolCheck.Find(body);
    }

    private static ApiError? FindInResponses(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Invalid(NotJson, null);
        }

        return ResponsesMembers.Rule.Find(body, "")
            ?? InputCheck.Find(body.GetProperty("input"))
            ?? ModelCheck.FindInResponses(body, body.GetProperty("model").GetString()!)
            ?? ResponseFormatCheck.FindInResponses(body)
            ?? ToolCheck.FindInResponses(body);
    }

    private static ApiError? FindInStream(JsonElement body)
    {
        if (!body.TryGetProperty("stream_options", out JsonElement options) || options.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return body.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True
            ? ChatMembers.StreamOptions.Find(options, "stream_options")
            : ApiError.Invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
    }
}
