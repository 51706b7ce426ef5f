using System.Runtime.InteropServices;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>The checks that look at one value: fixed values and limits.</summary>
internal static class ValueChecks
{
    private const int ValuesShown = 10;

    public static bool Check(ValidationRun run, SchemaNode node, JsonElement value)
    {
        bool valid = true;
        if (node.Const is { } constant && !JsonEquality.AreEqual(constant, value))
        {
            valid = Break(run, value, $"is not {Excerpt.Of(constant)}");
        }

        if (node.Enum is { } values && !IsAmong(values, value))
        {
            string some = string.Join(", ", values.Take(ValuesShown).Select(Excerpt.Of));
            valid = Break(run, value, $"is not one of {some}{(values.Length > ValuesShown ? ", ..." : "")}");
        }

        valid &= (node.Limits, value.ValueKind) switch
        {
            (null, _) => true,
            ({ } limits, JsonValueKind.Number) => CheckNumber(run, limits, value),
            ({ } limits, JsonValueKind.String) => CheckString(run, limits, value),
            ({ } limits, JsonValueKind.Array) => CheckArray(run, limits, value),
            _ => true,
        };

        // A number beyond its limits may be beyond its type too: told once.
        return valid && (node.Scalar == ClrScalar.None || ClrScalars.Missing(node.Scalar, value) is not { } missing || Break(run, value, $"is not {missing}"));
    }

    /// <summary>An issue that shows the value to the model alone.</summary>
    private static bool Break(ValidationRun run, JsonElement value, string rule) => run.IsNoting && run.Fail($"{Excerpt.Of(value)} {rule}", $"it {rule}");

    private static bool IsAmong(JsonElement[] values, JsonElement value)
    {
        foreach (JsonElement allowed in values)
        {
            if (JsonEquality.AreEqual(allowed, value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CheckNumber(ValidationRun run, SchemaLimits limits, JsonElement value)
    {
        SchemaNumber number = SchemaNumber.From(value);
        bool valid = true;
        if (limits.Minimum is { } minimum && number.Compare(minimum) < 0)
        {
            valid = Break(run, value, $"is below the minimum {minimum}");
        }

        if (limits.Maximum is { } maximum && number.Compare(maximum) > 0)
        {
            valid = Break(run, value, $"is above the maximum {maximum}");
        }

        if (limits.ExclusiveMinimum is { } above && number.Compare(above) <= 0)
        {
            valid = Break(run, value, $"is not above {above}");
        }

        if (limits.ExclusiveMaximum is { } below && number.Compare(below) >= 0)
        {
            valid = Break(run, value, $"is not below {below}");
        }

        if (limits.MultipleOf is { } factor && !number.IsMultipleOf(factor))
        {
            valid = Break(run, value, $"is not a multiple of {factor}");
        }

        return valid;
    }

    private static bool CheckString(ValidationRun run, SchemaLimits limits, JsonElement value)
    {
        bool valid = true;
        if (limits.MinLength is not null || limits.MaxLength is not null)
        {
            int length = LengthOf(value);
            valid = length < limits.MinLength ? run.Fail($"its {length} characters are fewer than {limits.MinLength}", $"its characters are fewer than {limits.MinLength}")
                : length > limits.MaxLength ? run.Fail($"its {length} characters are more than {limits.MaxLength}", $"its characters are more than {limits.MaxLength}")
                : valid;
        }

        if (limits.Pattern is { } pattern && pattern.Matches(value.GetString()!) is not true and var matches)
        {
            valid = matches is null
                ? run.Fail($"it could not be matched in time with the pattern {Excerpt.Of(pattern.Source)}")
                : Break(run, value, $"does not match the pattern {Excerpt.Of(pattern.Source)}");
        }

        return valid;
    }

    private static bool CheckArray(ValidationRun run, SchemaLimits limits, JsonElement value)
    {
        int count = value.GetArrayLength();
        bool valid = count < limits.MinItems ? run.Fail($"its {count} elements are fewer than {limits.MinItems}", $"its elements are fewer than {limits.MinItems}")
            : count <= (limits.MaxItems ?? int.MaxValue) || run.Fail($"its {count} elements are more than {limits.MaxItems}", $"its elements are more than {limits.MaxItems}");
        if (!limits.UniqueItems)
        {
            return valid;
        }

        JsonElement[] items = [.. value.EnumerateArray()];
        for (int i = 1; i < items.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!run.Step())
                {
                    return false;
                }

                if (JsonEquality.AreEqual(items[i], items[j]))
                {
                    return run.Fail($"its elements {j} and {i} are equal", "two of its elements are equal");
                }
            }
        }

        return valid;
    }

    /// <summary>The length in Unicode code points; without escapes it is counted in the raw UTF-8.</summary>
    private static int LengthOf(JsonElement text)
    {
        ReadOnlySpan<byte> quoted = JsonMarshal.GetRawUtf8Value(text);
        int length = 0;
        if (!quoted.Contains((byte)'\\'))
        {
            foreach (byte b in quoted)
            {
                length += (b & 0xC0) == 0x80 ? 0 : 1;
            }

            return length - 2;
        }

        foreach (char c in text.GetString()!)
        {
            length += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return length;
    }
}
