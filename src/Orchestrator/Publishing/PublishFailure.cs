using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>Turns what went wrong with registries into one diagnostic. None of these texts holds a credential: the exceptions do not either.</summary>
internal static class PublishFailure
{
    /// <summary>As many digits of a key as a person compares.</summary>
    public const int KeyDigits = 12;

    /// <returns>Null for what is no failure of the world.</returns>
    public static Diagnostic? Explain(Exception exception, ReleaseImage image) => Explain(exception, image.Node.Span);

    public static Diagnostic? Explain(Exception exception, SourceSpan span) => exception switch
    {
        PublishRefusedException refused => refused.Diagnostic,
        RegistryApiException { IsDenied: true } => Rules.RegistryDenied.At(span, exception.Message),
        RegistryApiException => Rules.RegistryRefused.At(span, exception.Message),
        RegistryUnreachableException => Rules.RegistryUnreachable.At(span, exception.Message),
        RegistryContentException => Rules.RegistryLies.At(span, exception.Message),
        DockerConfigurationException => Rules.DockerConfiguration.At(span, exception.Message),
        DockerUnreachableException => Rules.EngineUnreachableError.At(span, exception.Message),
        DockerApiException api => Rules.EngineRefused.At(span, api.EngineMessage),
        _ => null,
    };

    /// <summary>A key that was found in a registry, in words.</summary>
    public static string Shown(string? key) => key is null ? "no key" : $"the key {key[..Math.Min(KeyDigits, key.Length)]}";
}
