using System.Collections.Concurrent;
using DiscordIntel.Pipeline.Caching;
using NUnit.Framework;
using static DiscordIntel.Tests.Pipeline.Caching.CacheSamples;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>Many callers, few keys, everything that can go wrong going wrong at random.</summary>
[TestFixture]
internal sealed class ReplyCacheStressTests
{
    private const int Workers = 64;
    private const int Rounds = 400;
    private static readonly CacheKey[] Keys = [.. Enumerable.Range(0, 4).Select(number => Key($"{number}"))];

    private readonly ReplyCache _cache = new(TimeProvider.System);
    private readonly ConcurrentDictionary<(TenantGeneration, CacheKey), int> _leading = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private int _led;
    private int _found;
    private int _cancelled;
    private int _late;

    [Test]
    public async Task EnterAsync_RandomFailuresCancellationsDeadlinesAndForgetting_EveryCallerEnds()
    {
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(seed => Task.Run(() => WorkAsync(new Random(seed))))).WaitAsync(TimeSpan.FromSeconds(120));
        TestContext.Out.WriteLine($"led {_led}, found {_found}, cancelled {_cancelled}, out of time {_late}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_wrong, Is.Empty);
            Assert.That(_cache.Flights, Is.Zero);
            Assert.That(_led + _found + _cancelled + _late, Is.EqualTo(Workers * Rounds));
            Assert.That(new[] { _led, _found, _cancelled }, Is.All.Positive, "each road was taken");
        }
    }

    private async Task WorkAsync(Random random)
    {
        for (int i = 0; i < Rounds; i++)
        {
            TenantGeneration tenant = _cache.GenerationOf($"{random.Next(2)}");
            int number = random.Next(Keys.Length);
            using var source = new CancellationTokenSource();
            if (random.Next(4) == 0)
            {
                source.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
            }

            TimeSpan remaining = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(3)) : TimeSpan.MaxValue;
            try
            {
                if (await _cache.EnterAsync(tenant, Keys[number], CacheSamples.Options, remaining, source.Token) is not { } entry)
                {
                    Interlocked.Increment(ref _late);
                }
                else if (entry.Flight is { } flight)
                {
                    Interlocked.Increment(ref _led);
                    await LeadAsync(flight, tenant, number, random);
                }
                else
                {
                    Interlocked.Increment(ref _found);
                    Check(entry.Reply!.ToResponse().Text == $"{tenant} {number}", $"{tenant} {number} was given {entry.Reply.ToResponse().Text}");
                }
            }
            catch (OperationCanceledException) when (source.IsCancellationRequested)
            {
                Interlocked.Increment(ref _cancelled);
            }

            if (random.Next(50) == 0)
            {
                _cache.Forget(tenant.Tenant);
            }
        }
    }

    private async Task LeadAsync(Flight flight, TenantGeneration tenant, int number, Random random)
    {
        Check(_leading.AddOrUpdate((tenant, Keys[number]), 1, (_, count) => count + 1) == 1, "two lead at once");
        for (int yields = random.Next(20); yields > 0; yields--)
        {
            await Task.Yield();
        }

        _leading.AddOrUpdate((tenant, Keys[number]), 0, (_, count) => count - 1);
        flight.Complete(random.Next(3) == 0 ? Reply($"{tenant} {number}") : null);
    }

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            _wrong.Enqueue(otherwise);
        }
    }
}
