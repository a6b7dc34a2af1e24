namespace Orchestrator.Graph.Reading;

/// <summary>The mappings of a graph file that have a fixed set of keys.</summary>
[Flags]
internal enum KeyPlaces
{
    Graph = 1,
    Image = 2,
    Defaults = 4,
    Target = 8,
    ImageSecret = 16,
    GraphSecret = 32,
    Ulimit = 64,
    Environment = 128,
    Cache = 256,
    Test = 512,
    TestFile = 1024,
    Project = 2048,
    Section = Image | Defaults,
    Secret = ImageSecret | GraphSecret,
}
