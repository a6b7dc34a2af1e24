using Orchestrator.Docker;

namespace Orchestrator.Tool.Tests;

/// <summary>Where certificates of registries are looked for.</summary>
internal sealed class CertificateFoldersTests
{
    [Test]
    public void The_systems_the_users_and_Docker_Desktops_count() => Assert.That(
        Of(isWindows: false), Is.EqualTo(new[] { "/etc/docker/certs.d", Path.Join("/home/me", ".config", "docker", "certs.d"), Path.Join("/home/me", ".docker", "certs.d") }));

    [Test]
    public void The_users_settings_may_be_elsewhere() => Assert.That(
        Of(isWindows: false, ("XDG_CONFIG_HOME", "/settings")), Does.Contain(Path.Join("/settings", "docker", "certs.d")).And.Not.Contain(Path.Join("/home/me", ".config", "docker", "certs.d")));

    [Test]
    public void On_Windows_the_machines_data_and_Docker_Desktops_count() => Assert.That(
        Of(isWindows: true, ("ProgramData", "C:/ProgramData")), Is.EqualTo(new[] { Path.Join("C:/ProgramData", "docker", "certs.d"), Path.Join("/home/me", ".docker", "certs.d") }));

    private static IReadOnlyList<string> Of(bool isWindows, params (string Name, string Value)[] variables) =>
        CertificateFolders.Of(new DockerEnvironment(variables.ToDictionary(variable => variable.Name, variable => variable.Value), "/home/me", isWindows));
}
