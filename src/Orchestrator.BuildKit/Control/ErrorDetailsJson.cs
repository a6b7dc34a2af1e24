using System.Text.Json.Serialization;

namespace Orchestrator.BuildKit.Control;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ErrorDetails.SourceJson))]
[JsonSerializable(typeof(ErrorDetails.VertexJson))]
[JsonSerializable(typeof(ErrorDetails.ExitJson))]
internal sealed partial class ErrorDetailsJson : JsonSerializerContext;
