using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Reports;
using Orchestrator.Tool.Tests.Drawing;

namespace Orchestrator.Tool.Tests.Pages;

/// <summary>Reports of runs that never were.</summary>
internal static class SampleReport
{
    /// <summary>What is put wherever a name or a text stands.</summary>
    public const string Hostile = "<script>alert(1)</script>\"'><img src=//example.org/x onerror=alert(2)>\u202E";

    /// <summary>Every outcome, every state of a step, findings, layers and a build before.</summary>
    /// <param name="suffix">Behind every text.</param>
    public static RunReport Of(int count, string suffix = "")
    {
        var images = SampleGraph.Of(count).Index().Select(image => Image(image.Index, image.Item.Wave, image.Item.Bases, suffix)).ToList();
        var past = new PastBuild(
            new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(90),
            images.Skip(1).ToDictionary(image => image.Name, _ => new PastImage(1_000_000, TimeSpan.FromSeconds(1))).Append(new("gone" + suffix, new PastImage(1, null))).ToDictionary());
        return new RunReport
        {
            Graph = "shop" + suffix,
            File = "/repo/images.yml" + suffix,
            Started = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(100),
            PlannedAfter = TimeSpan.FromSeconds(1.5),
            Images = images,
            Pulls = [new ReportedPull("alpine:3.20" + suffix, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.75))],
            Diagnostics =
            [
                Rules.BuilderWarning.At(new SourceSpan("/repo/Dockerfile" + suffix, 3, 1), "'as' and 'FROM'" + suffix) with { Code = "FromAsCasing" + suffix, HelpLink = "https://docs.docker.com/go/dockerfile/rule/from-as-casing/" + suffix },
                Rules.BuilderWarning.At(SourceSpan.None, "another") with { HelpLink = "javascript:alert(3)" },
                Rules.StepFailed.At(new SourceSpan("/repo/Dockerfile", 12, 1), "app" + suffix, "exit code: 3" + suffix + "\n  | the last words" + suffix),
            ],
            CriticalPath = CriticalPath.Of(images),
            Comparison = BuildComparison.Of(past, images, images.Select(image => image.Name).ToHashSet()),
        };
    }

    private static readonly BuildOutcome[] Outcomes =
        [BuildOutcome.Built, BuildOutcome.Failed, BuildOutcome.Blocked, BuildOutcome.Cancelled, BuildOutcome.UpToDate, BuildOutcome.Retagged, BuildOutcome.Pulled];

    private static ReportedImage Image(int index, int wave, IReadOnlyList<string> bases, string suffix)
    {
        var outcome = Outcomes[index % Outcomes.Length];
        var worked = outcome is BuildOutcome.Built or BuildOutcome.Failed or BuildOutcome.Pulled or BuildOutcome.Retagged;
        var started = TimeSpan.FromSeconds(2 + wave);
        return new ReportedImage
        {
            Name = $"image-{index}{suffix}",
            Tags = [$"shop/image-{index}{suffix}", $"shop/image-{index}:extra{suffix}"],
            Wave = wave,
            Bases = [.. bases.Select(name => name + suffix)],
            Externals = ["alpine:3.20" + suffix],
            Action = PlanAction.Build,
            Reason = $"`main{index}.sh{suffix}` changed",
            Outcome = outcome,
            IsSuccess = outcome <= BuildOutcome.Built,
            Key = new string('a', 64),
            ImageId = "sha256:" + new string('b', 64),
            Size = 1_000_000 + (index * 10_000),
            Started = started,
            Duration = worked ? TimeSpan.FromSeconds(1 + (index % 5)) : TimeSpan.Zero,
            Retries = index % 2,
            Steps = outcome is not (BuildOutcome.Built or BuildOutcome.Failed) ? [] :
            [
                .. Enum.GetValues<StepState>().Select(state => new ReportedStep($"[{(int)state + 1}/4] RUN make{suffix}", state, started, started + TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.25), state == StepState.Failed ? "exit code: 3" + suffix : "")),
            ],
            Layers = [.. bases.Take(1).Select(name => new ReportedLayer("ADD rootfs" + suffix, 900_000, name + suffix)), new("RUN make # buildkit" + suffix, 100_000, null), new("ENV A=1" + suffix, 0, null)],
        };
    }
}
