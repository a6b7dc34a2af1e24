using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EngineError))]
[JsonSerializable(typeof(List<RemovedImage>))]
[JsonSerializable(typeof(List<ContainerSummary>))]
[JsonSerializable(typeof(TransferLine))]
[JsonSerializable(typeof(RegistryAuth))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<string>>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class EngineJson : JsonSerializerContext;
