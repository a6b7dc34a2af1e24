namespace Orchestrator.Graph.Compose;

/// <summary>The keys that Compose knows (https://github.com/compose-spec/compose-spec/blob/main/spec.md), and which of them concern what is built.</summary>
internal static class ComposeGrammar
{
    public static IReadOnlySet<string> File { get; } = Words("version name include services networks volumes secrets configs models");

    public static IReadOnlySet<string> Service { get; } = Words(
        "annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period cpu_quota " +
        "cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search " +
        "domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation " +
        "label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable " +
        "oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop privileged profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets " +
        "security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes " +
        "volumes_from working_dir");

    /// <summary>What of a service is read; the rest concerns only how containers are run.</summary>
    public static IReadOnlySet<string> OfImages { get; } = Words("build env_file extends image platform profiles provider");

    public static IReadOnlySet<string> Build { get; } = Words(
        "additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts isolation labels network no_cache no_cache_filter " +
        "platforms privileged provenance pull sbom secrets shm_size ssh tags target ulimits");

    /// <summary>Of a build: what is a mapping, or a list of <c>NAME=value</c>.</summary>
    public static IReadOnlySet<string> Pairs { get; } = Words("additional_contexts args labels ssh");

    public static bool IsExtension(string key) => key.StartsWith("x-", StringComparison.Ordinal);

    private static HashSet<string> Words(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
