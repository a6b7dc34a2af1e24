using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Configuration;

[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(ContextMetadata))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
