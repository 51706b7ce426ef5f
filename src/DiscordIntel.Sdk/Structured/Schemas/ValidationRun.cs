using System.Runtime.InteropServices;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>One walk over one answer.</summary>
internal sealed class ValidationRun(ReadOnlyMemory<byte> utf8Json)
{
    /// <summary>Far above what an answer needs; a union that a hostile answer drives into trying everything ends here.</summary>
    private const int MostSteps = 2_000_000;

    private readonly ValidationPath _path = new();
    private List<SchemaIssue>? _issues;
    private List<int>? _changes;
    private int _steps = MostSteps;
    private int _trials;

    /// <summary>Whether the answer holds nulls to drop or integers to spell as such.</summary>
    public bool HasChanges => _changes is { Count: > 0 };

    // In a trial only the answer counts, so the first issue ends it.
    private bool Enough => _trials > 0 || _issues is { Count: >= SchemaFaults.Most } || _steps < 0;

    /// <summary>False in a trial, and when there are issues enough.</summary>
    public bool IsNoting => _trials == 0 && _issues is not { Count: >= SchemaFaults.Most };

    public IReadOnlyList<SchemaIssue> Validate(SchemaNode root, JsonElement answer)
    {
        bool valid = Check(root, answer);
        if (_steps < 0)
        {
            return [SchemaIssue.Of("$: it is too intricate to be checked")];
        }

        return valid ? [] : _issues!;
    }

    public bool IsDropped(JsonElement value) => value.ValueKind == JsonValueKind.Null && IsChanged(value);

    public bool IsRespelt(JsonElement value) => value.ValueKind == JsonValueKind.Number && IsChanged(value);

    /// <summary>Notes an issue at the current place that says nothing of the answer's content; always false.</summary>
    public bool Fail(string rule) => Fail(rule, rule);

    /// <summary>Notes an issue at the current place; always false.</summary>
    /// <param name="issue">What is wrong, for the model.</param>
    /// <param name="rule">The same without a word or number of the answer.</param>
    public bool Fail(string issue, string rule) => IsNoting && Note(issue, $"{_path}: {rule}");

    /// <summary>False when the answer has used up its steps.</summary>
    public bool Step() => --_steps >= 0;

    private bool Check(SchemaNode node, JsonElement value)
    {
        if (!Step())
        {
            return false;
        }

        if (node.Boolean is { } accepts)
        {
            return accepts || Fail("nothing is allowed here");
        }

        if (node.Kinds != JsonKinds.None && !node.Kinds.Admits(value))
        {
            string types = string.Join(" or ", node.Kinds.ToNames());
            return Fail($"{Excerpt.Of(value)} is not of type {types}", $"{Excerpt.KindOf(value)} is not of type {types}");
        }

        if (value.ValueKind == JsonValueKind.Number && (node.Kinds & (JsonKinds.Integer | JsonKinds.Number)) == JsonKinds.Integer && IsOddlySpelt(value))
        {
            Change(value);
        }

        bool valid = node.Ref is null || Check(node.Ref, value);
        valid &= node.AnyOf is null || (!valid && Enough) || CheckUnion(node.AnyOf, value, exactlyOne: false);
        valid &= node.OneOf is null || (!valid && Enough) || CheckUnion(node.OneOf, value, exactlyOne: true);
        valid &= (!valid && Enough) || ValueChecks.Check(this, node, value);
        if (!valid && Enough)
        {
            return false;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(node, value) && valid,
            JsonValueKind.Array => CheckArray(node, value) && valid,
            _ => valid,
        };
    }

    private bool CheckObject(SchemaNode node, JsonElement value)
    {
        if (node.Properties is null && node.Additional is null)
        {
            return true;
        }

        SchemaProperty[] properties = node.Properties ?? [];
        Span<bool> seen = properties.Length <= 64 ? stackalloc bool[properties.Length] : new bool[properties.Length];
        bool valid = true;
        int next = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            int index = Find(node, properties, member, next);
            next = index < 0 ? next : index + 1;
            bool again = index >= 0 && seen[index];
            if (index >= 0)
            {
                seen[index] = true;
            }

            if (!CheckMember(node, index < 0 ? null : properties[index], member, again))
            {
                valid = false;
                if (Enough)
                {
                    return false;
                }
            }
        }

        for (int i = 0; i < properties.Length; i++)
        {
            if (properties[i].Required && !seen[i])
            {
                _path.Push(properties[i].Name);
                valid = Fail("it is missing");
                _path.Pop();
            }
        }

        return valid;
    }

    private static int Find(SchemaNode node, SchemaProperty[] properties, JsonProperty member, int next)
    {
        // Models write the members in the order of the schema.
        if (next < properties.Length && member.NameEquals(properties[next].Utf8Name))
        {
            return next;
        }

        return properties.Length == 0 ? -1 : node.IndexOf(member.Name);
    }

    private bool CheckMember(SchemaNode node, SchemaProperty? property, JsonProperty member, bool again)
    {
        if (property is { NullMeansAbsent: true } && member.Value.ValueKind == JsonValueKind.Null && !again)
        {
            Change(member.Value);
            return true;
        }

        SchemaNode? schema = property?.Schema ?? node.Additional;
        if (schema is null && !again)
        {
            return true;
        }

        _path.Push(property?.Name ?? member.Name);
        bool valid = again ? Fail("it is given twice")
            : schema is { Boolean: false } ? FailUnknown()
            : Check(schema!, member.Value);
        _path.Pop();
        return valid;
    }

    // The member's name is the answer's own word.
    private bool FailUnknown() => IsNoting && Note("it is not a known member", $"{_path.Parent()}: it holds a member that is not known");

    private bool Note(string issue, string rule)
    {
        (_issues ??= []).Add(new SchemaIssue($"{_path}: {issue}", rule));
        return false;
    }

    private bool CheckArray(SchemaNode node, JsonElement value)
    {
        if (node.Items is null)
        {
            return true;
        }

        bool valid = true;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            _path.Push(index++);
            valid &= Check(node.Items, item);
            _path.Pop();
            if (!valid && Enough)
            {
                return false;
            }
        }

        return valid;
    }

    private bool CheckUnion(SchemaNode[] branches, JsonElement value, bool exactlyOne)
    {
        int candidates = 0;
        SchemaNode candidate = branches[0];
        foreach (SchemaNode branch in branches)
        {
            if (UnionBranches.MayFit(branch, value))
            {
                candidates++;
                candidate = branch;
            }
        }

        // Its own issues say more than 'none fits', and a union told apart by a constant costs no trials.
        if (candidates == 1 || branches.Length == 1)
        {
            return Check(candidate, value);
        }

        int fits = candidates == 0 ? 0 : CountFits(branches, value, exactlyOne ? 2 : 1);
        return fits == 1
            || (fits == 0
                ? Fail($"{Excerpt.Of(value)} fits none of the {branches.Length} alternatives", $"it fits none of the {branches.Length} alternatives")
                : Fail("it fits more than one alternative where exactly one may fit"));
    }

    private int CountFits(SchemaNode[] branches, JsonElement value, int most)
    {
        int fits = 0;
        _trials++;
        foreach (SchemaNode branch in branches)
        {
            int before = _changes?.Count ?? 0;
            if (UnionBranches.MayFit(branch, value) && Check(branch, value))
            {
                if (++fits == most)
                {
                    break;
                }
            }
            else
            {
                _changes?.RemoveRange(before, _changes.Count - before);
            }
        }

        _trials--;
        return fits;
    }

    private static bool IsOddlySpelt(JsonElement integer)
    {
        ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(integer);
        return text.ContainsAny((byte)'.', (byte)'e', (byte)'E') || text.SequenceEqual("-0"u8);
    }

    // In the order of the text but for a number that two schemas apply to, so that a search finds it.
    private void Change(JsonElement value)
    {
        int offset = OffsetOf(value);
        if (_changes is not [.., int last] || last < offset)
        {
            (_changes ??= []).Add(offset);
        }
    }

    private bool IsChanged(JsonElement value) => _changes!.BinarySearch(OffsetOf(value)) >= 0;

    private int OffsetOf(JsonElement value)
    {
        utf8Json.Span.Overlaps(JsonMarshal.GetRawUtf8Value(value), out int offset);
        return offset;
    }
}
