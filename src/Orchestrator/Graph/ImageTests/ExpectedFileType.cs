namespace Orchestrator.Graph.ImageTests;

internal enum ExpectedFileType
{
    File,
    Directory,
    Link,
}
