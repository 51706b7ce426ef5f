namespace DiscordIntel.Analysis.Evidence;

/// <summary>
/// The text and Markdown files of a folder and the folders in it. They are read once, at the first question, and held in memory; a folder that could not be read is
/// tried again with the next one.
/// </summary>
internal sealed class EvidenceFolder(string folder) : IEvidenceSource
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
    private readonly Lock _lock = new();
    private Task<PassageIndex>? _index;

    public async ValueTask<IReadOnlyList<EvidencePassage>> FindAsync(string claim, IntelScope scope, CancellationToken cancellationToken)
    {
        PassageIndex index = await Index().WaitAsync(cancellationToken).ConfigureAwait(false);
        return index.Find(claim, EvidenceSearch.MostPassages);
    }

    private Task<PassageIndex> Index()
    {
        lock (_lock)
        {
            return _index is null or { IsFaulted: true } ? _index = ReadAsync() : _index;
        }
    }

    // Nobody's token: it is read for all who wait for it, and for those to come.
    private async Task<PassageIndex> ReadAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var passages = new List<EvidencePassage>();
        foreach (string file in Directory.EnumerateFiles(folder, "*", All).Where(IsText).Order(StringComparer.Ordinal))
        {
            string path = Path.GetRelativePath(folder, file);
            var address = new Uri(string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)), UriKind.Relative);
            var written = DateOnly.FromDateTime(File.GetLastWriteTimeUtc(file));
            string text = await File.ReadAllTextAsync(file).ConfigureAwait(false);
            passages.AddRange(EvidenceFile.Passages(text, Path.GetFileNameWithoutExtension(file), address, written));
        }

        return new PassageIndex(passages);
    }

    private static bool IsText(string file) => Path.GetExtension(file).ToUpperInvariant() is ".TXT" or ".MD";
}
