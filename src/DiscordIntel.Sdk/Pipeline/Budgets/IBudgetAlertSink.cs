namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// Hears of budgets that run low: register one to post to a channel or to page somebody. It is called outside of any call's path, with one alert at a time,
/// in order; when it throws or takes longer than 10 seconds it is called again with the same alert, a few times.
/// </summary>
public interface IBudgetAlertSink
{
    /// <summary>Takes an alert. It may come more than once: <see cref="BudgetAlert.Key"/> tells.</summary>
    ValueTask AlertAsync(BudgetAlert alert, CancellationToken cancellationToken);
}
