using System.Text;
using Orchestrator.Keys;
using Orchestrator.State;

namespace Orchestrator.Tests.Keys;

internal sealed class KeyDifferenceTests
{
    [Test]
    public void Equal_walks_do_not_differ() => Assert.That(Between("argument A=1; file a=x", "argument A=1; file a=x"), Is.Empty);

    [TestCase("argument A=1", "argument A=2", "argument `A` changed")]
    [TestCase("argument A=1", "argument A", "argument `A` changed")]
    [TestCase("argument A", "argument A=", "argument `A` changed")]
    [TestCase("file a=x", "file a=y", "`a` changed")]
    [TestCase("file a=x", "file b=x", "`b` is new; `a` is gone")]
    [TestCase("file of shared a=x", "file of shared a=y", "`a` of named context `shared` changed")]
    [TestCase("instruction RUN a=", "instruction RUN b=", "instruction `RUN b` is new; instruction `RUN a` is gone")]
    [TestCase("instruction RUN a=; instruction RUN b=", "instruction RUN b=; instruction RUN a=", "the order of instructions changed")]
    [TestCase("instruction RUN a=", "instruction RUN a=; instruction RUN a=", "instruction `RUN a` is new")]
    [TestCase("instruction RUN a=; instruction RUN a=", "instruction RUN a=", "instruction `RUN a` is gone")]
    [TestCase("argument A=1; argument A=2", "argument A=1; argument A=3", "argument `A` changed")]
    [TestCase("label A=1", "argument A=1", "argument `A` is new; label `A` is gone")]
    [TestCase("base image b as b=k1", "base image b as b=k2", "base image `b` changed")]
    public void Differences_are_named(string before, string after, string expected) => Assert.That(string.Join("; ", Between(before, after)), Is.EqualTo(expected));

    [Test]
    public void Both_values_are_there()
    {
        var difference = Between("argument A=1", "argument A=2").Single();

        Assert.That((difference.Before, difference.After), Is.EqualTo(("1", "2")));
    }

    [TestCase("DB_PASSWORD")]
    [TestCase("npm_token")]
    [TestCase("ApiKey")]
    [TestCase("MY_SECRET_THING")]
    [TestCase("GITHUB_PAT_CREDENTIAL")]
    public void Values_of_secret_names_are_hashes(string name)
    {
        var explanation = new KeyExplanation();
        explanation.List(KeySections.Arguments, 1);
        explanation.Field(name, "hunter2");

        Assert.That(Encoding.UTF8.GetString(explanation.ToBytes()), Does.Not.Contain("hunter2"));
        Assert.That(explanation.Items.Single().Value, Does.StartWith("sha256:"));
    }

    [TestCase(KeySections.Instruction, "ADD https://me:{0}@host/a /", "")]
    [TestCase(KeySections.Instruction, "ADD https://me:p@{0}@host/a https://host/b?sig={0} /", "")]
    [TestCase(KeySections.Instruction, "RUN git clone ssh://me:{0}@host/a && wget \"ftp://host/b?a,{0}]\"", "")]
    [TestCase(KeySections.Arguments, "INDEX", "https://me:{0}@host/simple")]
    [TestCase(KeySections.Arguments, "LONG", "https://me:{0}012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789@host/simple")]
    [TestCase(KeySections.Proxies, "HTTP_PROXY", "http://me:{0}@proxy:3128")]
    [TestCase(KeySections.Proxies, "https_proxy", "me:{0}@proxy:3128")]
    [TestCase(KeySections.Externals, "https://me:{0}@host/a", "identity")]
    public void What_is_private_in_an_address_is_a_hash(string section, string name, string value)
    {
        var (one, same, other) = (Of("canary"), Of("canary"), Of("kanari"));

        Assert.That(Encoding.UTF8.GetString(one.ToBytes()), Does.Not.Contain("canary").And.Contain("sha256:"));
        Assert.That(KeyDifference.Between(one, same), Is.Empty);
        Assert.That(KeyDifference.Between(one, other), Is.Not.Empty, "a change is seen");

        KeyExplanation Of(string secret)
        {
            var explanation = new KeyExplanation();
            explanation.List(section, 1);
            var text = name.Replace("{0}", secret, StringComparison.Ordinal);
            explanation.Field(section == KeySections.Instruction ? section : text, section == KeySections.Instruction ? text : value.Replace("{0}", secret, StringComparison.Ordinal));
            return explanation;
        }
    }

    [TestCase("RUN curl https://host/a?")]
    [TestCase("ADD git@github.com:a/b.git#main https://host/c.git#main /")]
    [TestCase("RUN echo https://host/a me@host")]
    public void What_is_public_in_an_address_stays(string instruction) => Assert.That(Explanation($"instruction {instruction}=").Items.Single().Name, Is.EqualTo(instruction));

    [Test]
    public void Long_values_are_told_apart_by_their_hash()
    {
        var (one, other) = (new KeyExplanation(), new KeyExplanation());
        one.List(KeySections.Arguments, 1);
        one.Field("A", new string('x', 5000) + "1");
        other.List(KeySections.Arguments, 1);
        other.Field("A", new string('x', 5000) + "2");

        Assert.That(KeyDifference.Between(one, other), Has.Count.EqualTo(1));
        Assert.That(one.ToBytes(), Has.Length.LessThan(400));
    }

    [Test]
    public void An_explanation_comes_back_from_its_bytes()
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "FROM debian AS base\nARG A=\"1\"\nARG B\nCOPY . /\nRUN echo ü \\\n  two\n");
        repository.Write("app/日本 語.txt", "text");
        var explanation = KeyExplanation.Of(repository.Inputs());

        Assert.That(KeyExplanation.FromBytes(explanation.ToBytes())!.Items, Is.EqualTo(explanation.Items));
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("[[]]")]
    [TestCase("[[\"file\",\"a\"]]")]
    [TestCase("[[\"file\",\"a\",1]]")]
    [TestCase("[[\"file\",\"a\",\"x\"]")]
    [TestCase("null")]
    public void Damaged_bytes_are_no_explanation(string bytes) => Assert.That(KeyExplanation.FromBytes(Encoding.UTF8.GetBytes(bytes)), Is.Null);

    [Test]
    public void The_store_keeps_the_last_few_of_each_image()
    {
        var root = Directory.CreateTempSubdirectory("explanations-").FullName;
        try
        {
            var store = new ExplanationStore(new GraphState(root, "/graph/images.yml"));
            for (var number = 0; number < 12; number++)
            {
                store.Save("team/app", Key(number), Explanation($"argument A={number}"));
            }

            store.Save("other", Key(99), Explanation("argument A=other"));

            Assert.That(store.Find("team/app", Key(11))!.Items.Single().Value, Is.EqualTo("11"));
            Assert.That(store.Latest("team/app")!.Items.Single().Value, Is.EqualTo("11"));
            Assert.That(store.Find("team/app", Key(0)), Is.Null);
            Assert.That(store.Latest("nobody"), Is.Null);
            Assert.That(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Count(), Is.LessThan(12));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        static CacheKey Key(int number) => new(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public void The_name_of_a_file_is_one_line_whatever_it_is() =>
        Assert.That(new KeyDifference("file", "a\n::error::b\r\u001b[2J", KeyChange.Added, null, "").ToString(), Is.EqualTo("`a ::error::b[2J` is new"));

    private static IReadOnlyList<KeyDifference> Between(string before, string after) => KeyDifference.Between(Explanation(before), Explanation(after));

    /// <summary><c>section name=value; …</c>; without "=" there is no value.</summary>
    private static KeyExplanation Explanation(string items)
    {
        var explanation = new KeyExplanation();
        foreach (var item in items.Split("; "))
        {
            var parts = item.Split('=', 2);
            var section = Array.Find(["instruction", "argument", "label", "base image", "file of shared", "file"], name => parts[0].StartsWith(name + " ", StringComparison.Ordinal))!;
            var (name, value) = (parts[0][(section.Length + 1)..], parts.Length == 2 ? parts[1] : null);
            explanation.List(section, 1);
            explanation.Field(section == "instruction" ? section : name, section == "instruction" ? name : value);
        }

        return explanation;
    }
}
