using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Results;

[TestFixture]
internal sealed class StepResultTests
{
    private static readonly StepError Busy = new() { Kind = StepErrorKind.RateLimited, Message = "429" };
    private static readonly StepReceipt First = new() { Attempts = 1, InputTokens = 10, OutputTokens = 2, Cost = 0.5m, Model = "a", Elapsed = TimeSpan.FromSeconds(1) };
    private static readonly StepReceipt Second = new() { Attempts = 2, InputTokens = 5, OutputTokens = 3, Cost = 0.25m, Model = "b", Elapsed = TimeSpan.FromSeconds(2) };

    [Test]
    public void Success_WithoutReceipt_HasTheEmptyOne()
    {
        StepResult<int> result = StepResult.Success(7);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsSuccess, Is.True);
            Assert.That(result.Value, Is.EqualTo(7));
            Assert.That(result.Error, Is.Null);
            Assert.That(result.Receipt, Is.SameAs(StepReceipt.None));
        }
    }

    [Test]
    public void Failure_WithoutReceipt_HasNoValueAndTheEmptyReceipt()
    {
        StepResult<string> result = StepResult.Failure<string>(Busy);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsSuccess, Is.False);
            Assert.That(result.Value, Is.Null);
            Assert.That(result.Error, Is.SameAs(Busy));
            Assert.That(result.Receipt, Is.SameAs(StepReceipt.None));
        }
    }

    [Test]
    public void NonGeneric_SuccessAndFailure_CarryErrorAndReceipt()
    {
        StepResult good = StepResult.Success(First);
        StepResult bad = StepResult.Failure(Busy, Second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((good.IsSuccess, good.Error, good.Receipt), Is.EqualTo((true, (StepError?)null, First)));
            Assert.That((bad.IsSuccess, bad.Error, bad.Receipt), Is.EqualTo((false, Busy, Second)));
            Assert.That(StepResult.Success().Receipt, Is.SameAs(StepReceipt.None));
            Assert.That(StepResult.Failure(Busy).Receipt, Is.SameAs(StepReceipt.None));
        }
    }

    [Test]
    public void IsSuccess_Checked_TeachesTheCompiler()
    {
        // Warnings are errors: that these lines compile without "!" is the test.
        StepResult<string> result = StepResult.Success("text");
        StepResult<string> failed = StepResult.Failure<string>(Busy);
        StepResult none = StepResult.Failure(Busy);
        int length = result.IsSuccess ? result.Value.Length : result.Error.Message.Length;
        int fromTry = result.TryGetValue(out string? value) ? value.Length : -1;
        StepErrorKind kind = failed.IsSuccess ? default : failed.Error.Kind;
        StepErrorKind kindOfNone = none.IsSuccess ? default : none.Error.Kind;
        Assert.That((length, fromTry, kind, kindOfNone), Is.EqualTo((4, 4, StepErrorKind.RateLimited, StepErrorKind.RateLimited)));
    }

    [Test]
    public void Match_EitherSide_RunsThatSideOnly()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StepResult.Success(2).Match(v => v + 1, _ => throw new AssertionException("wrong side")), Is.EqualTo(3));
            Assert.That(StepResult.Failure<int>(Busy).Match(_ => throw new AssertionException("wrong side"), e => e.Message), Is.EqualTo("429"));
        }
    }

    [Test]
    public void Map_Success_ChangesTheValueAndKeepsTheReceipt()
    {
        StepResult<string> mapped = StepResult.Success(2, First).Map(v => $"{v}!");
        Assert.That((mapped.Value, mapped.Receipt), Is.EqualTo(("2!", First)));
    }

    [Test]
    public void Map_Failure_KeepsErrorAndReceiptAndDoesNotRun()
    {
        StepResult<string> mapped = StepResult.Failure<int>(Busy, First).Map<string>(_ => throw new AssertionException("must not run"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Error, Is.SameAs(Busy));
            Assert.That(mapped.Receipt, Is.SameAs(First));
        }
    }

    [Test]
    public void Map_ToNull_IsMisuse() =>
        Assert.That(() => StepResult.Success("x").Map<string>(_ => null!), Throws.ArgumentNullException);

    [Test]
    public async Task Then_TwoSuccesses_AddTheReceipts([Values] bool async)
    {
        StepResult<int> first = StepResult.Success(2, First);
        StepResult<int> both = async
            ? await first.ThenAsync(v => Task.FromResult(StepResult.Success(v * 2, Second)))
            : first.Then(v => StepResult.Success(v * 2, Second));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.Value, Is.EqualTo(4));
            Assert.That(both.Receipt, Is.EqualTo(First.Add(Second) with { Adjustments = both.Receipt.Adjustments, Warnings = both.Receipt.Warnings }));
            Assert.That(both.Receipt.Cost, Is.EqualTo(0.75m));
        }
    }

    [Test]
    public async Task Then_SecondFails_HasItsErrorAndBothReceipts([Values] bool async)
    {
        StepResult<int> first = StepResult.Success(2, First);
        StepResult<int> both = async
            ? await first.ThenAsync(_ => Task.FromResult(StepResult.Failure<int>(Busy, Second)))
            : first.Then(_ => StepResult.Failure<int>(Busy, Second));
        Assert.That((both.Error, both.Receipt.Attempts, both.Receipt.InputTokens), Is.EqualTo((Busy, 3, 15L)));
    }

    [Test]
    public async Task Then_FirstFails_PassesItOnAndDoesNotRun([Values] bool async)
    {
        StepResult<int> first = StepResult.Failure<int>(Busy, First);
        StepResult<string> both = async
            ? await first.ThenAsync<string>(_ => throw new AssertionException("must not run"))
            : first.Then<string>(_ => throw new AssertionException("must not run"));
        Assert.That((both.Error, both.Receipt), Is.EqualTo((Busy, First)));
    }

    [Test]
    public void ThenAsync_NextCancelled_Throws()
    {
        StepResult<int> first = StepResult.Success(1);
        Assert.That(
            async () => await first.ThenAsync<int>(_ => Task.FromCanceled<StepResult<int>>(new CancellationToken(canceled: true))),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void TryGetValue_EitherSide_SaysWhich()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StepResult.Success(5).TryGetValue(out int five), Is.True);
            Assert.That(five, Is.EqualTo(5));
            Assert.That(StepResult.Failure<int>(Busy).TryGetValue(out int none), Is.False);
            Assert.That(none, Is.Zero);
        }
    }

    [Test]
    public void ValueOrThrow_EitherSide_GivesTheValueOrTheError()
    {
        var cause = new TimeoutException("slow");
        StepError error = Busy with { Exception = cause };
        StepException? thrown = Assert.Throws<StepException>(() => StepResult.Failure<int>(error).ValueOrThrow());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StepResult.Success("v").ValueOrThrow(), Is.EqualTo("v"));
            Assert.That(thrown!.Error, Is.SameAs(error));
            Assert.That(thrown.Message, Is.EqualTo("RateLimited: 429"));
            Assert.That(thrown.InnerException, Is.SameAs(cause));
        }
    }

    [Test]
    public void Misuse_NullArguments_Throws()
    {
        StepResult<int> one = StepResult.Success(1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => StepResult.Success<string>(null!), Throws.ArgumentNullException);
            Assert.That(() => StepResult.Failure(null!), Throws.ArgumentNullException);
            Assert.That(() => StepResult.Failure<int>(null!), Throws.ArgumentNullException);
            Assert.That(() => one.Match(null!, _ => 1), Throws.ArgumentNullException);
            Assert.That(() => one.Match(_ => 1, null!), Throws.ArgumentNullException);
            Assert.That(() => one.Map<int>(null!), Throws.ArgumentNullException);
            Assert.That(() => one.Then<int>(null!), Throws.ArgumentNullException);
            Assert.That(async () => await one.ThenAsync<int>(null!), Throws.ArgumentNullException);
            Assert.That(() => new StepException(null!), Throws.ArgumentNullException);
        }
    }
}
