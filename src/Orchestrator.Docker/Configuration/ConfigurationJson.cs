using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Configuration;

/// <summary>Ignores case as Go does, and is otherwise as strict as the docker command.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(ContextMetadata))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
