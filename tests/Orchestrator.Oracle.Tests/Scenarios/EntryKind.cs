namespace Orchestrator.Oracle.Tests.Scenarios;

internal enum EntryKind
{
    File,
    Directory,
    Link,
}
