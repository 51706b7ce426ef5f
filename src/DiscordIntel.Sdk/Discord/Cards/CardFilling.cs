namespace DiscordIntel.Discord.Cards;

/// <summary>The card of a section while it is filled.</summary>
internal sealed class CardFilling(CardSection section)
{
    private readonly List<CardItem> _taken = [];
    private readonly Dictionary<int, int> _groups = [];
    private readonly HashSet<int> _fullGroups = [];
    private int _next;
    private int _body;

    public string Title => section.Title;

    public int Shown => _taken.Count;

    public int Left => section.Items.Count - Shown;

    /// <summary>Takes the next item if there is room for it; if not, this was the last.</summary>
    public bool TakeNext(ref int room)
    {
        while (_next < section.Items.Count)
        {
            CardItem item = section.Items[_next++];
            if (_fullGroups.Contains(item.Group))
            {
                continue;
            }

            if (!HasRoom(item))
            {
                // A full field ends; the fields beside it may have room.
                _fullGroups.Add(item.Group);
                continue;
            }

            int cost = item.Text.Length + 1 + (Shown == 0 ? Title.Length + CardPacker.Marks : 0) + Heading(item.Group);
            if (cost > room)
            {
                _next = section.Items.Count;
                return false;
            }

            room -= cost;
            Take(item);
            return true;
        }

        return false;
    }

    public DiscordCard ToCard() => new()
    {
        Title = Title,
        Body = string.Join('\n', _taken.Where(item => item.Group < 0).Select(item => item.Text)),
        Fields =
        [
            .. from item in _taken
               where item.Group >= 0
               group item.Text by item.Group into texts
               select new DiscordCardField { Name = section.Headings[texts.Key], Value = string.Join('\n', texts) },
        ],
        Accent = section.Accent,
    };

    private void Take(CardItem item)
    {
        _taken.Add(item);
        if (item.Group < 0)
        {
            _body += item.Text.Length + 1;
        }
        else
        {
            _groups[item.Group] = _groups.GetValueOrDefault(item.Group) + item.Text.Length + 1;
        }
    }

    private int Heading(int group) => group < 0 || _groups.ContainsKey(group) ? 0 : section.Headings[group].Length + CardPacker.Marks;

    private bool HasRoom(CardItem item) => item.Group < 0
        ? _body + item.Text.Length <= CardLimits.Body
        : _groups.TryGetValue(item.Group, out int taken) ? taken + item.Text.Length <= CardLimits.FieldValue : _groups.Count < CardLimits.Fields;
}
