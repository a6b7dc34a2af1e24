using System.Text.RegularExpressions;

namespace Orchestrator.Diagnostics;

/// <summary>Values of names that look secret, such as <c>NPM_TOKEN=…</c>.</summary>
internal static partial class PrivateValue
{
    private const string SecretWords = "(secret|token|password|passwd|pwd|credential|api_?key|private|auth)";

    public static bool IsNamed(string name) => Name().IsMatch(name);

    /// <param name="text">An instruction or a line of a script: a value ends where a shell's word does.</param>
    /// <param name="substitute">What is shown in place of a value.</param>
    public static string Replace(string text, Func<string, string> substitute) => Word().Replace(text, match => $"{match.Groups["name"].Value}={substitute(match.Groups["value"].Value)}");

    /// <summary>With stars in place of them.</summary>
    /// <param name="createdBy">
    /// An entry of an image's history. Builders write the values of ENV, ARG and LABEL, and those that RUN was given (<c>RUN |1 NPM_TOKEN=… /bin/sh -c …</c>), without
    /// quotes: there a value goes on until the next name, or the shell.
    /// </param>
    public static string HideInHistory(string createdBy) =>
        Replace(History().Replace(createdBy, list => Assignment().Replace(list.Value, match => match.Groups["name"].Value + "=***")), _ => "***");

    [GeneratedRegex(SecretWords, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<name>\w*" + SecretWords + @"\w*)=(?<value>""(\\.|[^""])*""|'[^']*'|\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    /// <summary>The part of an entry that is a list of names and values.</summary>
    [GeneratedRegex(@"\A(/bin/sh -c #\(nop\)\s+)?(ENV|ARG|LABEL)\s.*\z|\A(RUN\s+)?\|\d+\s.*?(?=\s(/\S+|cmd|powershell|pwsh)(\.exe)?\s|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex History();

    [GeneratedRegex(@"(?<=\s)(?<name>[\w.-]*" + SecretWords + @"[\w.-]*)=.*?(?=\s[\w.-]+=|\s# buildkit\z|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Assignment();
}
