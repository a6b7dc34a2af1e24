using System.Runtime.Versioning;

// Engines run on Linux; so do their judges.
[assembly: SupportedOSPlatform("linux")]
