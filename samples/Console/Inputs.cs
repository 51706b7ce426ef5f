using System.Text;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The texts that a command line names.</summary>
internal sealed class Inputs(TextReader input)
{
    private const int MostNamed = 5;

    // They tell of what lies beside them. Who wants one read can name it.
    private static readonly HashSet<string> AboutTheFolder = new(["readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "notice"], StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _notes = [];

    /// <summary>
    /// Reads files and - as they are, folders as the texts in them, and tells what it passed over. Everything is read before anything is asked: a typo in the last
    /// name shall not come after the bill for the first.
    /// </summary>
    public async Task<IReadOnlyList<(string File, string Content)>> ReadAllAsync(
        IReadOnlyList<string> names, TextWriter notes, CancellationToken cancellationToken)
    {
        var texts = new List<(string File, string Content)>();
        foreach (string file in FilesOf(names))
        {
            texts.Add((file, await ReadAsync(file, cancellationToken)));
        }

        foreach (string note in _notes)
        {
            await notes.WriteLineAsync(SafeText.Line(note));
        }

        return texts;
    }

    /// <summary>How a text is called in front of people.</summary>
    public static string Title(string file) => file == "-" ? "standard input" : Path.GetFileName(file);

    /// <summary>Every file that is named, as often as it is named, and of the folders what is not among the texts yet: nobody means to pay for it twice.</summary>
    private string[] FilesOf(IReadOnlyList<string> names)
    {
        HashSet<string> known = [.. names.Where(File.Exists).Select(Path.GetFullPath)];
        return [.. names.SelectMany(name => Directory.Exists(name) ? TextsIn(name).Where(text => known.Add(Path.GetFullPath(text))) : [name])];
    }

    /// <summary>Reads one file, or - for standard input.</summary>
    public async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            throw new UsageException("The file name is empty or holds a zero byte. Name a text file, or - for standard input.");
        }

        string text;
        try
        {
            // The console's reader blocks whatever its token says, and so does opening a pipe: Ctrl-C must not wait for the end of the input.
            text = file == "-"
                ? await Task.Run(input.ReadToEnd, cancellationToken).WaitAsync(cancellationToken)
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await Task.Run(() => File.ReadAllBytesAsync(file, cancellationToken), cancellationToken).WaitAsync(cancellationToken)).TrimStart('\uFEFF');
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{file}' (looked in {Environment.CurrentDirectory}).");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(file) ? $"'{file}' is a folder. Name a text file." : $"'{file}' may not be read by this user.");
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"'{file}' is not UTF-8 text. Convert it first.");
        }
        catch (IOException fault)
        {
            throw new UsageException($"'{file}' cannot be read: {fault.Message}");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new UsageException($"{(file == "-" ? "Standard input" : $"'{file}'")} is not text: it holds zero bytes.");
        }

        return string.IsNullOrWhiteSpace(text)
            ? throw new UsageException(file == "-" ? "Standard input holds no text." : $"'{file}' holds no text.")
            : text;
    }

    private string[] TextsIn(string folder)
    {
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new UsageException($"The folder '{folder}' cannot be read: {fault.Message}");
        }

        string[] texts = [.. files.Where(IsText)];
        string[] others = [.. files.Where(file => !IsText(file)).Select(file => Path.GetFileName(file)!)];
        if (others.Length > 0)
        {
            string more = others.Length > MostNamed ? $" and {others.Length - MostNamed} more" : "";
            _notes.Add($"Not read in {folder}: {string.Join(", ", others.Take(MostNamed))}{more}. Name a file to have it read.");
        }

        return texts.Length > 0 ? texts : throw new UsageException($"The folder '{folder}' holds no .txt or .md file to read.");
    }

    private static bool IsText(string file) =>
        Path.GetExtension(file).ToUpperInvariant() is ".TXT" or ".MD"
        && Path.GetFileName(file) is not ['.', ..]
        && !AboutTheFolder.Contains(Path.GetFileNameWithoutExtension(file));
}
