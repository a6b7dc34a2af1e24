using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.BuildKit.Tests.FileSync;

internal sealed class PatternMatching
{
    [TestCase("**", "file", true)]
    [TestCase("**", "dir/file", true)]
    [TestCase("**/", "file", true)]
    [TestCase("**/", "dir/file", true)]
    [TestCase("**/**", "dir/file", true)]
    [TestCase("dir/**", "dir/file", true)]
    [TestCase("dir/**", "dir/dir2/file", true)]
    [TestCase("dir/**", "dir", false)]
    [TestCase("**/dir", "dir", true)]
    [TestCase("**/dir", "dir/file", true)]
    [TestCase("**/dir2/*", "dir/dir2/file", true)]
    [TestCase("**/dir2/*", "dir/dir2/dir3/file", true)]
    [TestCase("**file", "file", true)]
    [TestCase("**file", "dir/file", true)]
    [TestCase("**file", "dir/dirfile", true)]
    [TestCase("**/file", "dirfile", false)]
    [TestCase("**/file*", "dir/dir/file.txt", true)]
    [TestCase("**/file*txt", "dir/dir/file.txt", true)]
    [TestCase("**/**/*.txt", "dir/dir/file.txt", true)]
    [TestCase("a**/*.txt", "a/file.txt", true)]
    [TestCase("a**/*.txt", "a/dir/file.txt", true)]
    [TestCase("a**/*.txt", "a/dir/dir/file.txt", true)]
    [TestCase("a/*.txt", "a/dir/file.txt", false)]
    [TestCase("a/*.txt", "a/file.txt", true)]
    [TestCase("a/*.txt**", "a/file.txt", true)]
    [TestCase("a[b-d]e", "ae", false)]
    [TestCase("a[b-d]e", "ace", true)]
    [TestCase("a[b-d]e", "aae", false)]
    [TestCase("a[^b-d]e", "aze", true)]
    [TestCase("a[^b-d]e", "ace", false)]
    [TestCase("[]", "x", null)]
    [TestCase("[a", "x", null)]
    [TestCase("a\\", "x", null)]
    [TestCase("!", "x", null)]
    [TestCase("abc.def", "abcdef", false)]
    [TestCase("abc.def", "abc.def", true)]
    [TestCase("abc.def", "abcZdef", false)]
    [TestCase("abc?def", "abcZdef", true)]
    [TestCase("abc?def", "abcdef", false)]
    [TestCase("abc?def", "abc😀def", true)]
    [TestCase("abc?def", "abc/def", false)]
    [TestCase("a\\*b", "a*b", true)]
    [TestCase("a\\*b", "aXb", false)]
    [TestCase("**\\bin", "bin", false)]
    [TestCase("**\\bin", "in", true)]
    [TestCase("**\\bin", "a/in", true)]
    [TestCase("**\\bin", "a/b-in", false)]
    [TestCase("**\\bin", "a/bin", false)]
    [TestCase("*\\Bin", "bin", true)]
    [TestCase("*\\Bin", "b-in", false)]
    [TestCase("src\\bin", "src/bin", false)]
    [TestCase("src\\bin", "srcbin", false)]
    [TestCase("v\\d.\\d", "v1.2", true)]
    [TestCase("v\\d.\\d", "vd.d", false)]
    [TestCase("v\\D", "v1", false)]
    [TestCase("v\\D", "vd", true)]
    [TestCase("a\\sb", "a b", true)]
    [TestCase("a\\Sb", "a-b", true)]
    [TestCase("a\\wb", "a_b", true)]
    [TestCase("a\\wb", "a-b", false)]
    [TestCase("a\\Wb", "a-b", true)]
    [TestCase("a\\Wb", "a/b", true)]
    [TestCase("src\\test", "src\test", true)]
    [TestCase("\\Aa\\z", "a", true)]
    [TestCase("a\\z*", "a", true)]
    [TestCase("a\\z*", "ab", false)]
    [TestCase("a\\_b", "a_b", true)]
    [TestCase("**\\obj", "obj", null)]
    [TestCase("src\\out", "src", null)]
    [TestCase("a\\1", "a1", null)]
    [TestCase("a\\x41", "aA", null)]
    [TestCase("a\\pLb", "axb", null)]
    [TestCase("a\\Q*", "a*", null)]
    [TestCase("a\\äb", "aäb", null)]
    [TestCase("a[\\d]", "a1", null)]
    [TestCase("a[\\]]", "a]", true)]
    [TestCase("**/foo/bar", "foo/bar", true)]
    [TestCase("**/foo/bar", "dir/foo/bar", true)]
    [TestCase("abc/**", "abc/def/ghi", true)]
    [TestCase("**/.foo", ".foo", true)]
    [TestCase("**/.foo", "bar.foo", false)]
    [TestCase("a(b)c/d", "a(b)c/d", true)]
    [TestCase("**/*.m", "a/b.m\n", false)]
    [TestCase("**/b*", "a\n/b", true)]
    [TestCase("dir/../other/./x/", "other/x", true)]
    [TestCase("util/docker/web", "util/docker/web/foo", true)]
    public void A_pattern_matches_as_in_moby(string pattern, string path, bool? expected)
    {
        if (expected is null)
        {
            Assert.That(() => PatternMatcher.Parse([pattern]), Throws.InstanceOf<FormatException>().With.Message.Contains(pattern));
            return;
        }

        Assert.That(PatternMatcher.Parse([pattern]).Matches(path), Is.EqualTo(expected));
    }

    [TestCase("**|!util/docker/web", "util/docker/web/foo", false)]
    [TestCase("**|!util/docker/web|util/docker/web/foo", "util/docker/web/foo", true)]
    [TestCase("**|!dist/proxy.py|!dist/admin.py", "dist/proxy.py", false)]
    [TestCase("**|!dist", "dist/a", false)]
    [TestCase("a|!a/b", "a/b/c", false)]
    [TestCase("a|!a/b|a/b/c", "a/b/c", true)]
    [TestCase("!a|a", "a", true)]
    [TestCase("|  |a ", "a", true)]
    [TestCase("*.md|!README*.md|README-secret.md", "README-secret.md", true)]
    [TestCase("*.md|!README*.md|README-secret.md", "README-open.md", false)]
    public void The_last_match_wins(string patterns, string path, bool expected) =>
        Assert.That(PatternMatcher.Parse(patterns.Split('|')).Matches(path), Is.EqualTo(expected));

    /// <summary>By hand from <c>patternWithoutTrailingGlob</c> and the two places of fsutil's <c>filter.go</c> that use it; one negation with another wildcard looks everywhere.</summary>
    [TestCase("dir", "**|!dir/a", true)]
    [TestCase("other", "**|!dir/a", false)]
    [TestCase("dir", "**|!dir/*", true)]
    [TestCase("dir/a", "**|!dir/*", false)]
    [TestCase("dir/a", "**|!dir/**", false)]
    [TestCase("dir", "**|!dir/*/**", true)]
    [TestCase("dir/a", "**|!dir/*/**", false)]
    [TestCase("other", "**|!dir/*/**", false)]
    [TestCase("dir/a", "**|!dir/**/*", true)]
    [TestCase("dir/a", "**|!dir/*/*", true)]
    [TestCase("other", "**|!dir/*/*", true)]
    [TestCase("dir/a", "**|!dir/**/**", true)]
    [TestCase("dir/a", "**|!dir/*/a", true)]
    [TestCase("dir/a", "**|!dir/*/**|!o?her", true)]
    [TestCase("dir/a", "**|!dir/*/**|!other", false)]
    [TestCase("dir/a", "**|!dir/*/**|!dir/a/b", true)]
    [TestCase("dir", "**|!*/**", true)]
    [TestCase("dir", "**|!**", true)]
    [TestCase("dir", "**", false)]
    public void What_is_left_out_is_looked_into_where_fsutil_does(string directory, string patterns, bool isOpened) =>
        Assert.That(PatternMatcher.Parse(patterns.Split('|')).MatchesAllBelow(directory), Is.EqualTo(!isOpened));

    [Test]
    public void Many_stars_do_not_take_forever()
    {
        var matcher = PatternMatcher.Parse([string.Concat(Enumerable.Repeat("**/*a", 20)) + "b"]);
        Assert.That(matcher.Matches(new string('a', 5000)), Is.False);
    }

    [Test]
    public void An_ignore_file_is_read_as_docker_does()
    {
        const string Text = "\uFEFF# comment\r\n\r\n  *.log  \r\n/rooted\n!/kept/../kept/x\n! spaced\n a # no comment\n./dot/\n/\n!\n";
        Assert.That(IgnoreFile.Read(Text), Is.EqualTo(new[] { "*.log", "rooted", "!kept/x", "!spaced", "a # no comment", "dot", "/", "!" }));
    }

    [TestCase("a", "a/z")]
    [TestCase("a", "aa")]
    [TestCase("a-b", "a.txt")]
    [TestCase("\uFF41", "😀")]
    [TestCase("\uE000", "\U00010000")]
    [TestCase("Z", "a")]
    [TestCase("z", "ä")]
    public void Names_are_ordered_by_their_bytes(string lower, string higher)
    {
        Assert.That(Utf8Order.Instance.Compare(lower, higher), Is.LessThan(0));
        Assert.That(Utf8Order.Instance.Compare(higher, lower), Is.GreaterThan(0));
        Assert.That(Utf8Order.Instance.Compare(lower, new string(lower)), Is.Zero);
    }
}
