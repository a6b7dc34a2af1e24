namespace Orchestrator.Reports;

/// <summary>A step of BuildKit's in the build of one image.</summary>
/// <param name="Name">For people, for instance <c>[2/5] RUN make</c>; <c>[internal] …</c> for housekeeping.</param>
/// <param name="State">How it ended.</param>
/// <param name="Started">After the start of the run, by our clock.</param>
/// <param name="Ended">After the start of the run; a step can rest in between.</param>
/// <param name="Duration">While it was at work.</param>
/// <param name="Error">Empty unless it failed.</param>
internal sealed record ReportedStep(string Name, StepState State, TimeSpan Started, TimeSpan Ended, TimeSpan Duration, string Error);
