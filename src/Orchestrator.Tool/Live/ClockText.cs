using System.Globalization;

namespace Orchestrator.Tool.Live;

/// <summary>Times as people read them.</summary>
internal static class ClockText
{
    /// <summary>What it took: <c>3.1 s</c>, <c>2:05 min</c>, <c>1:02:05 h</c>.</summary>
    public static string Of(TimeSpan time) => time.TotalSeconds < 60
        ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : time.TotalMinutes < 60 ? $"{(int)time.TotalMinutes}:{time.Seconds:00} min" : $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h";

    /// <summary>How long ago something was, in the largest unit: <c>5 min</c>, <c>3 d</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };

    /// <summary>What is expected, no more exactly than it is known: <c>about 20 s</c>, <c>about 3 min</c>.</summary>
    public static string About(TimeSpan time) => time.TotalSeconds switch
    {
        < 8 => "a few seconds",
        < 55 => $"about {(int)Math.Round(time.TotalSeconds / 5) * 5} s",
        < 5400 => $"about {Math.Max(1, (int)Math.Round(time.TotalMinutes))} min",
        _ => $"about {(int)Math.Round(time.TotalHours)} h",
    };
}
