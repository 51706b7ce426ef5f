using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DiscordIntel.Structured.Schemas;

/// <summary>The place of the walk in the answer; spelled out only when there is an issue to report.</summary>
internal sealed class ValidationPath
{
    private Step[] _steps = new Step[8];
    private int _depth;

    public void Push(string name) => Push(new Step(name, 0));

    public void Push(int index) => Push(new Step(null, index));

    public void Pop() => _depth--;

    public override string ToString() => ToString(_depth);

    /// <summary>The place that holds the current one.</summary>
    public string Parent() => ToString(_depth - 1);

    private string ToString(int depth)
    {
        var path = new StringBuilder("$");
        foreach (Step step in _steps.AsSpan(0, depth))
        {
            if (step.Name is null)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            }
            else
            {
                SchemaPointer.AppendMember(path, step.Name);
            }
        }

        return path.ToString();
    }

    private void Push(Step step)
    {
        if (_depth == _steps.Length)
        {
            Array.Resize(ref _steps, _depth * 2);
        }

        _steps[_depth++] = step;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(string? Name, int Index);
}
