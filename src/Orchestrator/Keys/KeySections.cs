namespace Orchestrator.Keys;

/// <summary>The names of the walk, which a person reads in <c>why</c>.</summary>
internal static class KeySections
{
    public const string Format = "key format";
    public const string Platform = "platform";
    public const string Others = "other platforms";
    public const string Syntax = "syntax";
    public const string Escape = "escape";
    public const string Check = "check";
    public const string Dockerfile = "Dockerfile";
    public const string Stages = "stages";
    public const string Stage = "stage";
    public const string Base = "base";
    public const string StagePlatform = "stage platform";
    public const string Instructions = "instructions";
    public const string Instruction = "instruction";
    public const string Source = "source stage";
    public const string Target = "target";
    public const string Arguments = "argument";
    public const string BuilderArguments = "builder argument";
    public const string Proxies = "proxy";
    public const string Labels = "label";
    public const string ContextReferences = "named context";
    public const string Network = "network";
    public const string SharedMemory = "shm_size";
    public const string ExtraHosts = "extra host";
    public const string Ulimits = "ulimit";
    public const string Secrets = "secret";
    public const string Ssh = "ssh";
    public const string Provenance = "provenance";
    public const string AttestedDockerfile = "attested Dockerfile";
    public const string AttestedArguments = "attested argument";
    public const string Entitlements = "entitlement";
    public const string Sbom = "sbom";
    public const string InlineCache = "cache_to: type=inline";
    public const string Annotations = "annotation";
    public const string Refresh = "refresh";
    public const string File = "file";
    public const string Option = "option";
    public const string Context = "context";
    public const string NamedContexts = "named contexts";
    public const string Bases = "base image";
    public const string FileOf = "file of ";
    public const string Externals = "external image";
    public const string Remotes = "remote source";
}
