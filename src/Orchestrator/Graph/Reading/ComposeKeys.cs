namespace Orchestrator.Graph.Reading;

/// <summary>What people copy from a Compose file although it has no meaning here (https://github.com/compose-spec/compose-spec/blob/main/05-services.md).</summary>
internal static class ComposeKeys
{
    private const string Graph = "configs models networks services volumes";

    private const string Service =
        "attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period cpu_quota " +
        "cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search " +
        "domainname entrypoint env_file environment expose extends external_links gpus group_add healthcheck hostname init ipc label_file links " +
        "logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid " +
        "pids_limit ports post_start pre_stop profiles provider pull_policy read_only restart runtime scale security_opt stdin_open stop_grace_period " +
        "stop_signal storage_opt sysctls tmpfs tty use_api_socket user userns_mode uts volumes volumes_from working_dir";

    public static IEnumerable<GraphKey> Of(KeyPlaces place) =>
        (place == KeyPlaces.Graph ? Graph : Service).Split(' ').Select(name =>
            new GraphKey(name, place, KeyForms.Text | KeyForms.Pairs, "Belongs to a Compose file.", KeySupport.OfCompose));
}
