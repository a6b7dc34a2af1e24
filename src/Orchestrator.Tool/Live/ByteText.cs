using System.Globalization;

namespace Orchestrator.Tool.Live;

/// <summary>Sizes as people read them, in powers of 1000.</summary>
internal static class ByteText
{
    private const double Kilobyte = 1000;
    private const double Megabyte = Kilobyte * Kilobyte;
    private const double Gigabyte = Megabyte * Kilobyte;

    public static string Of(long bytes) => (double)bytes switch
    {
        >= Gigabyte and var number => (number / Gigabyte).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
        >= Megabyte and var number => (number / Megabyte).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        var number => (number / Kilobyte).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
    };
}
