using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DiscordIntel.Testing.Replies;

/// <summary>An answer as it goes over the wire.</summary>
internal sealed record WireAnswer(int Status, string Body, string ContentType, IReadOnlyList<(string Name, string Value)> Headers)
{
    public const string JsonType = "application/json";

    public static WireAnswer Json(int status, string body) => new(status, body, JsonType, []);

    public HttpResponseMessage ToResponse(HttpRequestMessage request, int number)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        var response = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request, Content = content };
        response.Headers.Add("x-request-id", string.Create(CultureInfo.InvariantCulture, $"req_emulator_{number}"));
        foreach ((string name, string value) in Headers)
        {
            HttpHeaders target = response.Headers.TryAddWithoutValidation(name, value) ? response.Headers : content.Headers;
            target.Remove(name);
            target.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
