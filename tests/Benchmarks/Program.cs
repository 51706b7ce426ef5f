using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(DiscordIntel.Benchmarks.OneCall).Assembly).Run(args);
