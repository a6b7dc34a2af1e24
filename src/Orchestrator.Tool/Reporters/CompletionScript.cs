namespace Orchestrator.Tool.Reporters;

/// <summary>What a shell runs at its start, so that it asks <c>orchestrator complete</c> for what can follow. Each hands over the command up to the cursor.</summary>
internal static class CompletionScript
{
    public static string For(Shell shell) => shell switch
    {
        Shell.Bash => Bash,
        Shell.Zsh => Zsh,
        Shell.Fish => Fish,
        _ => PowerShell,
    };

    /// <summary>https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html</summary>
    private const string Bash = """
        _orchestrator() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(orchestrator complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _orchestrator orchestrator

        """;

    /// <summary>https://zsh.sourceforge.io/Doc/Release/Completion-System.html</summary>
    private const string Zsh = """
        #compdef orchestrator
        _orchestrator() {
            local -a found
            found=(${(f)"$(orchestrator complete "${(j: :)words[1,CURRENT]}" 2>/dev/null)"})
            if (( $#found )); then compadd -a found; else _files; fi
        }
        compdef _orchestrator orchestrator

        """;

    /// <summary>https://fishshell.com/docs/current/completions.html</summary>
    private const string Fish = """
        complete --command orchestrator --arguments '(orchestrator complete (commandline --cut-at-cursor --current-process) 2>/dev/null)'

        """;

    /// <summary>https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter</summary>
    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName orchestrator -ScriptBlock {
            param($word, $line, $cursor)
            $cursor -= $line.Extent.StartOffset
            $text = $line.ToString().PadRight($cursor).Substring(0, $cursor)
            orchestrator complete $text 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;
}
