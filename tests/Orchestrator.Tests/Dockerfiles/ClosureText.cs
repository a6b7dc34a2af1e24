using System.Text;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

/// <summary>A closure as stable text.</summary>
internal static class ClosureText
{
    public static void Write(StageClosure closure, StringBuilder text)
    {
        text.Append($"target {closure.Target} of {string.Join(", ", closure.Stages)}{(closure.NeedsBaseEnvironment ? " NEEDS BASE ENVIRONMENT" : "")}\n");
        foreach (var image in closure.ExternalImages)
        {
            var platform = image.Platform is null ? "" : $" on {image.Platform}";
            text.Append($"image {image.Kind} {image.Reference}{platform} in {image.Stage?.ToString() ?? "-"} {DocumentText.Place(image.Reference.Span)}\n");
        }

        foreach (var use in closure.ContextUses)
        {
            var flags = (use.KeepsParents ? " parents" : "") + string.Concat(use.Excludes.Select(pattern => $" without {pattern}")) + (use.IsCertain ? "" : " uncertain");
            text.Append($"context {use.From ?? "main"} {string.Join(" ", use.Sources.Select(source => DocumentText.Quote(source.Value)))}{flags} in {use.Stage}\n");
        }

        foreach (var remote in closure.RemoteUses)
        {
            text.Append($"remote {remote.Kind} {remote.Url} {remote.Checksum ?? "-"} in {remote.Stage}\n");
        }

        foreach (var argument in closure.Arguments)
        {
            text.Append($"argument {argument.Name} default {argument.Default ?? "-"} value {argument.Value ?? "-"} in {argument.Stage?.ToString() ?? "global scope"}\n");
        }

        foreach (var mount in closure.Mounts)
        {
            var flags = (mount.IsReadOnly ? " readonly" : "") + (mount.IsRequired ? " required" : "") + string.Concat(mount.Others.Select(other => $" {other.Key}={other.Value}"));
            text.Append($"mount {mount.Type} from {mount.From ?? "-"} {DocumentText.Quote(mount.Source)} at {DocumentText.Quote(mount.Target)} id {mount.Id ?? "-"} sharing {mount.Sharing ?? "-"} env {mount.Environment ?? "-"}{flags}\n");
        }

        foreach (var trigger in closure.BaseTriggers)
        {
            text.Append($"trigger {DocumentText.Quote(trigger.Normalized)}\n");
        }
    }
}
