using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>A closed set of members: anything else is an unknown parameter, as OpenAI answers it.</summary>
internal sealed class ObjectRule(Dictionary<string, MemberRule> members)
{
    public IReadOnlyCollection<string> Names => members.Keys;

    /// <summary>The first fault of <paramref name="value"/>, which stands at <paramref name="path"/> of the request (empty for the request itself).</summary>
    public ApiError? Find(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return MemberRule.WrongType(path, "an object", value);
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            string place = At(path, member.Name);
            if (!members.TryGetValue(member.Name, out MemberRule? rule))
            {
                return ApiError.Unknown(place);
            }

            if (rule.Find(member.Value, place) is { } error)
            {
                return error;
            }
        }

        foreach ((string name, MemberRule rule) in members)
        {
            if (rule.Required && !value.TryGetProperty(name, out _))
            {
                return ApiError.Missing(At(path, name));
            }
        }

        return null;
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
