namespace DiscordIntel.TestKit;

/// <summary>
/// Judges <c>anyOf</c> and <c>oneOf</c>, and when no branch fits, finds the one that was most likely meant. <c>oneOf</c> is taken as
/// <c>anyOf</c>: branches of OpenAI's description overlap, and the message that its own .NET library sends to Responses fits two of them.
/// </summary>
internal static class Union
{
    private static readonly string[] s_discriminators = ["type", "role", "object"];

    private enum Fit
    {
        /// <summary>Nothing says that another branch was meant.</summary>
        Meant,

        /// <summary>The value's <c>type</c>, <c>role</c> or own text names another branch.</summary>
        OtherName,

        /// <summary>The value has another JSON type.</summary>
        OtherType,
    }

    /// <summary>Puts the verdicts of the branches together.</summary>
    public static Verdict Judge(IReadOnlyList<Verdict> branches, string path)
    {
        Verdict verdict = new();
        foreach (Verdict branch in branches.Where(branch => branch.IsValid))
            verdict.Merge(branch);
        if (!branches.Any(branch => branch.IsValid))
            verdict.Misfits.AddRange(Explain(branches, path));
        return verdict;
    }

    private static IEnumerable<Misfit> Explain(IReadOnlyList<Verdict> branches, string path)
    {
        Fit best = branches.Min(branch => FitOf(branch, path));
        Verdict[] candidates = [.. branches.Where(branch => FitOf(branch, path) == best)];
        if (best == Fit.Meant)
            return candidates.MinBy(branch => branch.Misfits.Count)!.Misfits;

        // No branch was meant: say once what any of them would have taken.
        return candidates.SelectMany(branch => branch.Misfits).Where(misfit => NamesAnother(misfit, path) || IsOtherType(misfit, path))
            .GroupBy(misfit => (misfit.Path, misfit.Kind))
            .Select(group => Misfit.Of(
                group.Key.Path,
                group.Key.Kind,
                group.First().Found,
                [.. group.SelectMany(misfit => misfit.Expected).Distinct(StringComparer.Ordinal)]));
    }

    private static Fit FitOf(Verdict branch, string path) =>
        branch.Misfits.Exists(misfit => IsOtherType(misfit, path)) ? Fit.OtherType
        : branch.Misfits.Exists(misfit => NamesAnother(misfit, path)) ? Fit.OtherName
        : Fit.Meant;

    private static bool IsOtherType(Misfit misfit, string path) => misfit.Kind == MisfitKind.Type && misfit.Path == path;

    private static bool NamesAnother(Misfit misfit, string path) =>
        misfit.Kind == MisfitKind.Value && (misfit.Path == path || s_discriminators.Any(name => misfit.Path == $"{path}.{name}"));
}
