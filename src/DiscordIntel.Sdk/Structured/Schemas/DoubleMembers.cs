using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Finds members that an object gives twice: which one is meant, readers decide differently. The parser would refuse them without their place.</summary>
internal static class DoubleMembers
{
    public static void Find(JsonElement value, string pointer, SchemaFaults faults)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (!names.Add(member.Name))
                {
                    faults.Add(pointer, $"'{Excerpt.Of(member.Name)}' is given twice", "remove one of the two");
                }

                Find(member.Value, SchemaPointer.Append(pointer, member.Name), faults);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Find(item, SchemaPointer.Append(pointer, $"{index++}"), faults);
            }
        }
    }
}
