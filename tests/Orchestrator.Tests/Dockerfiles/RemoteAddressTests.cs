using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

/// <summary>What is read of the address of a remote source, and what of it may be seen.</summary>
internal sealed class RemoteAddressTests
{
    private const string Commit = "0123456789012345678901234567890123456789";

    [TestCase("https://host/r.git", "https://host/r.git", "https://host/r.git", "HEAD", "", "git://host/r.git")]
    [TestCase("https://host:8443/r.git#main", "https://host:8443/r.git", "https://host:8443/r.git", "main", "", "git://host:8443/r.git#main")]
    [TestCase("https://host/r.git#main:a/b", "https://host/r.git", "https://host/r.git", "main", "a/b", "git://host/r.git#main:a/b")]
    [TestCase("https://host/r.git#:a", "https://host/r.git", "https://host/r.git", "HEAD", "a", "git://host/r.git#:a")]
    [TestCase("git@host:a//r.git#v1", "git@host:a//r.git", "git@host:a//r.git", "v1", "", "git://host/a/r.git#v1")]
    [TestCase("git://host/r#v1", "git://host/r", "git://host/r", "v1", "", "git://host/r#v1")]
    [TestCase("ssh://git@host/r.git", "ssh://git@host/r.git", "ssh://git@host/r.git", "HEAD", "", "git://host/r.git")]
    [TestCase("https://host/r.git?branch=main&subdir=a", "https://host/r.git", "https://host/r.git", "refs/heads/main", "a", "git://host/r.git#refs/heads/main:a")]
    [TestCase("https://host/r.git?tag=v1", "https://host/r.git", "https://host/r.git", "refs/tags/v1", "", "git://host/r.git#refs/tags/v1")]
    [TestCase("https://host/a%20b.git", "https://host/a%20b.git", "https://host/a%20b.git", "HEAD", "", "git://host/a b.git")]
    [TestCase("https://me:word@host/r.git#main", "https://me:word@host/r.git", "https://host/r.git", "main", "", "git://host/r.git#main")]
    [TestCase("ssh://git:word@host/r.git", "ssh://git:word@host/r.git", "ssh://git@host/r.git", "HEAD", "", "git://host/r.git")]
    public void A_repository_has_a_ref_and_a_folder(string url, string fetched, string shown, string name, string folder, string identifier)
    {
        var address = RemoteAddress.Parse(url, RemoteUse.Classify(url)!.Value);

        Assert.That((address.Fetched, address.Source.Address, address.Source.Ref, address.Directory, address.Identifier), Is.EqualTo((fetched, shown, name, folder, identifier)));
        Assert.That(address.IdentifierAt(Commit), Is.EqualTo(identifier.Split('#')[0] + "#" + Commit + (folder.Length == 0 ? "" : ":" + folder)));
    }

    [TestCase("https://host/a.tar", "https://host/a.tar", "https://host/a.tar")]
    [TestCase("https://host/a.tar#part", "https://host/a.tar", "https://host/a.tar")]
    [TestCase("http://host/a b", "http://host/a b", "http://host/a%20b")]
    [TestCase("https://secret@host/a", "https://secret@host/a", "https://host/a")]
    [TestCase("https://me:sec@ret@host/a", "https://me:sec@ret@host/a", "https://host/a")]
    public void A_file_is_known_by_what_may_be_seen(string url, string fetched, string shown)
    {
        var address = RemoteAddress.Parse(url, RemoteKind.Http);

        Assert.That((address.Fetched, address.Source, address.Identifier), Is.EqualTo((fetched, new RemoteSource(RemoteKind.Http, shown, null), url)));
    }

    [Test]
    public void What_is_asked_is_known_by_its_hash()
    {
        var (one, other) = (RemoteAddress.Parse("https://host/a?token=secret", RemoteKind.Http), RemoteAddress.Parse("https://host/a?token=other", RemoteKind.Http));

        Assert.That(one.Source.Address, Does.Match(@"\Ahttps://host/a\?[0-9a-f]{12}\z"));
        Assert.That(one.Source, Is.Not.EqualTo(other.Source));
        Assert.That(one.Hide("GET https://host/a?token=secret: refused"), Is.EqualTo($"GET {one.Source}: refused"));
    }

    [Test]
    public void A_password_is_taken_out_of_what_others_say()
    {
        var address = RemoteAddress.Parse("https://me:word@host/r.git", RemoteKind.Git);

        Assert.That(address.Hide("cannot read 'https://me:word@host/r.git/info/refs'"), Is.EqualTo("cannot read 'https://host/r.git/info/refs'"));
    }

    [TestCase("https://host/r.git#" + Commit, null, ExpectedResult = true)]
    [TestCase("https://host/r.git#" + Commit + ":folder", null, ExpectedResult = true)]
    [TestCase("https://host/r.git?commit=" + Commit, null, ExpectedResult = true)]
    [TestCase("https://host/r.git#0123456", null, ExpectedResult = false)]
    [TestCase("https://host/r.git#main", null, ExpectedResult = false)]
    [TestCase("https://host/a#" + Commit, null, ExpectedResult = false)]
    [TestCase("https://host/a", "sha256:aa", ExpectedResult = true)]
    public bool A_commit_and_a_checksum_pin_by_themselves(string url, string? checksum) =>
        new RemoteUse(new Located<string>(url, SourceSpan.None), RemoteUse.Classify(url)!.Value, checksum, null!).IsPinned;
}
