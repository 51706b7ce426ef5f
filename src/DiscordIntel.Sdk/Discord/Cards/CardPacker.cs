namespace DiscordIntel.Discord.Cards;

/// <summary>
/// Fills cards to the room of one message. In rounds, each list gets its next finding until that does not fit; then the list ends, so that what is shown of a list
/// is its beginning. What is left out is counted in the footer of the last card, whose room is kept from the start.
/// </summary>
internal static class CardPacker
{
    // More than the marks and line breaks that stand around a text when cards are written as Markdown.
    public const int Marks = 8;

    public static IReadOnlyList<DiscordCard> Pack(DiscordCard overview, IReadOnlyList<CardSection> sections, string usage, CardWriter writer)
    {
        CardFilling[] fillings = [.. sections.Select(section => new CardFilling(section))];
        int room = writer.Options.MaxChars - Size(overview) - Marks - Footer(fillings, usage, writer).Length;
        bool any = true;
        while (any)
        {
            any = false;
            foreach (CardFilling filling in fillings.Take(CardLimits.Cards - 1))
            {
                any |= filling.TakeNext(ref room);
            }
        }

        DiscordCard[] cards = [overview, .. fillings.Where(filling => filling.Shown > 0).Select(filling => filling.ToCard())];
        cards[^1] = cards[^1] with { Footer = Footer(fillings, usage, writer) };
        return cards;
    }

    private static int Size(DiscordCard card) =>
        card.Title.Length + card.Body.Length + (2 * Marks) + card.Fields.Sum(field => field.Name.Length + field.Value.Length + Marks);

    /// <summary>Longest before anything is taken: the room it needs then is enough for all that follows.</summary>
    private static string Footer(CardFilling[] fillings, string usage, CardWriter writer)
    {
        string[] missing = [.. fillings.Where(filling => filling.Left > 0).Select(filling => $"{filling.Title} {writer.Count(filling.Left)}")];
        string notShown = missing.Length == 0 ? "" : $"{writer.Label(labels => labels.NotShown)}: {string.Join(", ", missing)}";
        string footer = string.Join(" · ", new[] { notShown, usage }.Where(part => part.Length > 0));
        return CardText.Clip(footer, CardLimits.Footer);
    }
}
