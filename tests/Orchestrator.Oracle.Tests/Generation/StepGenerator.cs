namespace Orchestrator.Oracle.Tests.Generation;

/// <summary>One instruction of a stage.</summary>
internal sealed class StepGenerator(Chance chance, Surroundings surroundings, IReadOnlyList<string> stages)
{
    public string Next(string number)
    {
        var sort = chance.Below(100);
        return sort < 45 ? Copy(number) : sort < 53 ? Add(number) : sort < 80 ? Run(number) : sort < 85 ? CopyText(number) : Setting();
    }

    private string Copy(string number)
    {
        var from = From();
        var flags = string.Concat(Flags(from is null));
        var destination = chance.Of($"/x/{number}/", $"/x/{number}/", $"/x/{number}/$KIND/", "/x/all/", $"x{number}/");
        if (from is not null)
        {
            return $"COPY --from={from} {flags}{chance.Of(surroundings.NamedContexts.Contains(from) ? ["*.txt", ".", "/"] : (IReadOnlyList<string>)["/etc/passwd", "/x*", "/etc", "/manifest*"])} {destination}";
        }

        var sources = string.Join(' ', Enumerable.Range(0, chance.Of(1, 1, 1, 2, 3)).Select(_ => Source()));
        return chance.Happens(12) ? $"COPY {flags}[{string.Join(", ", sources.Split(' ').Append(destination).Select(item => $"\"{item}\""))}]" : $"{chance.Of("COPY", "COPY", "COPY", "copy", "Copy")} {flags}{sources} {destination}";
    }

    private string? From() =>
        chance.Happens(25) && stages.Count > 0 ? chance.Of([.. stages, .. stages.Count > 1 ? ["0"] : Array.Empty<string>()])
        : chance.Happens(40) && surroundings.NamedContexts.Count > 0 ? chance.Of(surroundings.NamedContexts)
        : chance.Happens(10) ? chance.Of(surroundings.Images) : null;

    private IEnumerable<string> Flags(bool isContext)
    {
        if (chance.Happens(12))
        {
            yield return chance.Of("--chmod=755 ", "--chmod=600 ", "--chmod=u=rwX,go= ");
        }

        if (chance.Happens(10))
        {
            yield return chance.Of("--chown=1:2 ", "--chown=root ");
        }

        if (chance.Happens(15))
        {
            yield return "--link ";
        }

        if (isContext && surroundings.CanExclude && chance.Happens(20))
        {
            yield return chance.Of("--exclude=*.log ", "--exclude=**/*.log ", "--exclude=data ", "--exclude=data/*.csv --exclude=*.txt ", "--exclude=lib/** ", "--exclude=a.txt ");
        }
    }

    private string Source()
    {
        var file = chance.OfOrNone(surroundings.Files.Where(file => file.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')));
        return chance.Of(
            ".", "./", "/", "*", "*.txt", "?.txt", "[ab].txt", "[^b].txt", "d*", "data*", "*/*.csv", "data/*.csv", "*/deep", "${DIR:-data}*", "$DIR*", "li[a-b]*", "dirl*", "link*", "*nk", "./d*", "../a*", "*o*", "dat\\a*", "[a-z]*",
            file ?? ".", file ?? ".", file ?? ".", file ?? ".", Parent(file), Parent(file), "/" + (file ?? ""), "./" + (file ?? ""), (file ?? ".") + "*");
    }

    private static string Parent(string? file) => file is null || !file.Contains('/', StringComparison.Ordinal) ? "*.txt" : file[..file.LastIndexOf('/')];

    private string Add(string number) => chance.Of(
        $"ADD {Source()} /x/add{number}/", $"ADD --chmod=640 {Source()} /x/add{number}/", $"ADD pack* a* /x/add{number}/", $"ADD *.tar lib* /x/add{number}/", $"ADD {Source()} {Source()} /x/add{number}/");

    private string CopyText(string number) => chance.Of(
        $"COPY <<EOF /x/here{number}\ntext $USED  {chance.Word()}\n# no comment\nEOF",
        $"COPY <<\"EOF\" /x/here{number}\ntext $USED\n\nEOF",
        $"COPY <<-one <<two /x/here{number}/\n\tfirst\none\nsecond\ntwo",
        $"ADD --chmod=755 <<EOF /x/here{number}\n#!/bin/sh\necho {chance.Word()}\nEOF");

    private string Run(string number) => chance.Of(
        $"RUN echo $USED-$DIR-$TARGETARCH > /r{number}",
        $"RUN echo  two   blanks > /r{number}",
        $"RUN echo a \\\n  # in between\n  && echo b \\\n  > /r{number}",
        $"RUN <<EOF\necho one > /r{number}\n# inside\necho '  two' >> /r{number}\nEOF",
        $"RUN cat <<EOF > /r{number}\n  $USED\nEOF",
        $"RUN [\"/bin/sh\", \"-c\", \"echo  a  b > /r{number}\"]",
        $"RUN --network=none echo alone > /r{number}",
        $"RUN --mount=type=cache,target=/cache echo cached > /r{number}",
        $"RUN --mount=type=tmpfs,target=/t --mount=type=secret,id=token echo secret > /r{number}",
        $"RUN env | grep -E 'USED|DIR|GLOBAL' | sort > /r{number}",
        Mounted("target=/ctx", number),
        Mounted("target=/ctx,source=.", number),
        Mounted($"source={Parent(chance.OfOrNone(surroundings.Files.Where(file => file.Contains('/', StringComparison.Ordinal) && !file.Contains('\n', StringComparison.Ordinal) && !file.Contains('[', StringComparison.Ordinal) && !file.Contains('!', StringComparison.Ordinal))) ?? "data/x")},target=/ctx", number),
        Mounted($"from={chance.Of([.. surroundings.NamedContexts, .. stages, surroundings.Images[0]])},target=/ctx,source=/", number),
        $"RUN --mount=target=/ctx,rw touch /ctx/new && echo rw > /r{number}");

    private static string Mounted(string mount, string number) =>
        $"RUN --mount=type=bind,{mount} (cd /ctx; find . -exec stat -c '%n %a' {{}} +; find . -xdev -type f -exec sha256sum {{}} +) 2>/dev/null | grep -v -e proc -e sys | sort > /r{number}";

    private string Setting() => chance.Of(
        "ENV DIR=lib", $"ENV MORE={chance.Word()}", "ENV KIND=$DIR-$USED", $"LABEL note=\"{chance.Word()}\" other=1", "WORKDIR /w", "WORKDIR sub/$DIR", "EXPOSE 80/tcp", "CMD [\"echo\",  \"hi\"]", "CMD echo hi",
        "ENTRYPOINT [\"/bin/sh\"]", "STOPSIGNAL SIGINT", "HEALTHCHECK --interval=5s CMD true", "VOLUME /v", "SHELL [\"/bin/sh\", \"-ec\"]", "# just a comment", "", "ARG USED=again", "ARG LATE=$USED", "USER 0");
}
