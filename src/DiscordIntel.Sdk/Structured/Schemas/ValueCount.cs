using System.Numerics;

namespace DiscordIntel.Structured.Schemas;

/// <summary>How many different values fit a schema at most; null where they are too many to count, or where that is not known.</summary>
internal static class ValueCount
{
    public static BigInteger? Of(SchemaNode node) => Of(node, []);

    /// <summary>The integers, or the multiples of a number, between the limits of a schema that takes numbers and at most null besides.</summary>
    public static BigInteger? OfNumbers(SchemaNode node)
    {
        JsonKinds kinds = node.Kinds & ~JsonKinds.Null;
        if (node.Limits is not { } limits || kinds == JsonKinds.None || (kinds & ~(JsonKinds.Number | JsonKinds.Integer)) != JsonKinds.None)
        {
            return null;
        }

        bool onlyIntegers = kinds == JsonKinds.Integer;
        return limits.MultipleOf is { } factor ? (factor.Exact is { } step ? Between(limits, step, onlyIntegers) : null)
            : onlyIntegers ? Between(limits, 1, onlyIntegers)
            : null;
    }

    // A schema met twice is not counted further: unions of unions would take for ever.
    private static BigInteger? Of(SchemaNode node, HashSet<SchemaNode> met)
    {
        if (!met.Add(node))
        {
            return null;
        }

        if (node.Ref is { } target)
        {
            return Of(target, met);
        }

        if ((node.AnyOf ?? node.OneOf) is { } branches)
        {
            return branches.Aggregate((BigInteger?)0, (sum, branch) => sum + Of(branch, met));
        }

        if (node.Const is not null || node.Enum is not null)
        {
            return node.Const is not null ? 1 : node.Enum!.Length;
        }

        BigInteger? count = (node.Kinds.Has(JsonKinds.Null) ? 1 : 0) + (node.Kinds.Has(JsonKinds.Boolean) ? 2 : 0);
        return (node.Kinds & ~(JsonKinds.Null | JsonKinds.Boolean)) == JsonKinds.None ? count
            : node.Kinds.Has(JsonKinds.Boolean) ? null
            : count + OfNumbers(node);
    }

    private static BigInteger? Between(SchemaLimits limits, decimal step, bool onlyIntegers)
    {
        if (Highest(limits.Minimum, limits.ExclusiveMinimum, 1) is not { } low || Highest(limits.Maximum, limits.ExclusiveMaximum, -1) is not { } high)
        {
            return null;
        }

        // All as integers of one size, so that nothing is rounded.
        int scale = Math.Max(step.Scale, Math.Max(low.Limit.Scale, high.Limit.Scale));
        BigInteger unit = BigInteger.Pow(10, scale);
        BigInteger distance = Scaled(step, scale);
        distance = onlyIntegers ? distance / BigInteger.GreatestCommonDivisor(distance, unit) * unit : distance;
        BigInteger first = -Floor(-Scaled(low.Limit, scale), distance);
        BigInteger last = Floor(Scaled(high.Limit, scale), distance);
        first += low.IsExclusive && first * distance == Scaled(low.Limit, scale) ? 1 : 0;
        last -= high.IsExclusive && last * distance == Scaled(high.Limit, scale) ? 1 : 0;
        return BigInteger.Max(0, last - first + 1);
    }

    /// <summary>The narrower of two limits; null when there is none, or none that a decimal holds.</summary>
    private static (decimal Limit, bool IsExclusive)? Highest(SchemaNumber? inclusive, SchemaNumber? exclusive, int sign)
    {
        decimal? open = exclusive?.Exact;
        decimal? closed = inclusive?.Exact;
        return open is { } o && (closed is not { } c || o * sign >= c * sign) ? (o, true)
            : closed is { } limit ? (limit, false)
            : null;
    }

    private static BigInteger Scaled(decimal number, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        BigInteger digits = ((((BigInteger)(uint)bits[2] << 32) + (uint)bits[1]) << 32) + (uint)bits[0];
        return (bits[3] < 0 ? -digits : digits) * BigInteger.Pow(10, scale - number.Scale);
    }

    private static BigInteger Floor(BigInteger number, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(number, divisor, out BigInteger rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
