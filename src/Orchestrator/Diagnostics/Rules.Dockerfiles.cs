namespace Orchestrator.Diagnostics;

/// <summary>What can be wrong with a Dockerfile.</summary>
internal static partial class Rules
{
    public static readonly Rule NotUtf8 = new(
        "ORC2001", Severity.Error, "The Dockerfile is not UTF-8 from here on.", "Save the file as UTF-8.");

    public static readonly Rule BinaryFile = new(
        "ORC2002", Severity.Error, "The Dockerfile holds a NUL character, so it is not text.", "Name the right file under 'dockerfile:', or save it as UTF-8.");

    public static readonly Rule NoFrom = new(
        "ORC2003", Severity.Error, "The Dockerfile has no FROM, so there is nothing to build.", "Begin with 'FROM <image>', or with 'FROM scratch'.");

    public static readonly Rule InstructionBeforeFrom = new(
        "ORC2004", Severity.Error, "{0} comes before the first FROM, where only ARG may stand.", "Move the instruction below a FROM.");

    public static readonly Rule UnknownInstruction = new(
        "ORC2005", Severity.Error, "'{0}' is not an instruction of a Dockerfile.{1}", "Correct the keyword, or end the line above with the escape token if this line belongs to it.");

    public static readonly Rule UnknownFlag = new(
        "ORC2006", Severity.Error, "{0} knows no flag '--{1}'.{2}", "Correct or remove the flag; write -- before arguments that begin with dashes.");

    public static readonly Rule RepeatedFlag = new(
        "ORC2007", Severity.Error, "'--{0}' is given twice.", "Keep one of the two flags.");

    public static readonly Rule FlagWithoutValue = new(
        "ORC2008", Severity.Error, "'--{0}' needs a value.", "Write the value behind an equals sign, without spaces: --flag=value.");

    public static readonly Rule NotBoolean = new(
        "ORC2009", Severity.Error, "'--{0}' takes true or false, not '{1}'.", "Write --flag, --flag=true or --flag=false.");

    public static readonly Rule UnknownFlagValue = new(
        "ORC2010", Severity.Error, "'--{0}' does not take '{1}' but one of {2}.{3}", "Use one of the listed values.");

    public static readonly Rule RepeatedDirective = new(
        "ORC2011", Severity.Error, "The directive '{0}' is given twice.", "Keep one of the two directives.");

    public static readonly Rule BadEscape = new(
        "ORC2012", Severity.Error, "The escape token can be \\ or `, not '{0}'.", "Write '# escape=`' or '# escape=\\'.");

    public static readonly Rule LineTooLong = new(
        "ORC2013", Severity.Error, "This line is longer than the {0} bytes that BuildKit reads.", "Break the line with the escape token, or move the data to a file.");

    public static readonly Rule BlankContinuationLine = new(
        "ORC2014", Severity.Warning, "A blank line inside an instruction is deprecated; remove it or begin it with '#'.", "https://docs.docker.com/go/dockerfile/rule/no-empty-continuation/");

    public static readonly Rule UnterminatedHeredoc = new(
        "ORC2015", Severity.Error, "The heredoc '{0}' is never closed.", "Put the word that opens it on a line of its own, below the text.");

    public static readonly Rule HeredocAsDestination = new(
        "ORC2016", Severity.Error, "A heredoc cannot be the destination of {0}.", "End the instruction with a destination path.");

    public static readonly Rule JsonNotStrings = new(
        "ORC2017", Severity.Error, "The JSON form of {0} takes strings only.", "Put every item in double quotes.");

    public static readonly Rule MissingArgument = new(
        "ORC2018", Severity.Error, "{0} needs an argument that is not blank.", "Add the argument or remove the instruction.");

    public static readonly Rule MissingDestination = new(
        "ORC2019", Severity.Error, "{0} needs at least a source and a destination.", "Add the missing path.");

    public static readonly Rule MissingValue = new(
        "ORC2020", Severity.Error, "{0} {1} has no value.", "Write the name, an equals sign and the value: ENV NAME=value.");

    public static readonly Rule MissingEquals = new(
        "ORC2021", Severity.Error, "'{0}' has no '='; {1} takes name=value.", "Add the equals sign, or put quotes around a value that holds spaces.");

    public static readonly Rule BlankName = new(
        "ORC2022", Severity.Error, "{0} needs a name before '='.", "Add the name.");

    public static readonly Rule ShellNotJson = new(
        "ORC2023", Severity.Error, "SHELL takes the JSON form only.", "Write a JSON array, such as [\"/bin/sh\", \"-c\"].");

    public static readonly Rule HealthcheckForm = new(
        "ORC2024", Severity.Error, "HEALTHCHECK takes 'NONE', or 'CMD' and a command.", "Write HEALTHCHECK NONE or HEALTHCHECK CMD <command>.");

    public static readonly Rule FromForm = new(
        "ORC2025", Severity.Error, "FROM takes '<image>' or '<image> AS <name>'.", "Remove what is too much.");

    public static readonly Rule BadStageName = new(
        "ORC2026", Severity.Error, "'{0}' cannot name a stage.", "Use letters, digits, '-', '_' and '.', and begin with a letter.");

    public static readonly Rule ForbiddenTrigger = new(
        "ORC2027", Severity.Error, "{0} cannot be a trigger of ONBUILD.", "Remove the ONBUILD.");

    public static readonly Rule BrokenTrigger = new(
        "ORC2028", Severity.Error, "The base image brings an ONBUILD trigger that is not one valid instruction: '{0}'.", "Correct the ONBUILD of the base image, or build on another one.");

    public static readonly Rule TooManyMistakes = new(
        "ORC2029", Severity.Error, "There are too many mistakes, so the rest of the file was not read.", "See whether 'dockerfile:' names a Dockerfile; if it does, correct these mistakes first.");

    public static readonly Rule BrokenMount = new(
        "ORC2030", Severity.Error, "'--mount' cannot be read: {0}.", "https://docs.docker.com/reference/dockerfile/#run---mount");

    public static readonly Rule VariableInFrom = new(
        "ORC2031", Severity.Error, "BuildKit expands no variables or quotes in 'from={0}'.", "Declare the ARG before the first FROM, add a stage 'FROM … AS name' with it, and write 'from=name'.");

    public static readonly Rule CannotExpand = new(
        "ORC2032", Severity.Error, "'{0}' cannot be expanded: {1}.", "https://docs.docker.com/reference/dockerfile/#environment-replacement");

    public static readonly Rule BlankBase = new(
        "ORC2033", Severity.Error, "The base '{0}' is empty after its variables were expanded.", "Give the build argument a value, or its ARG before the first FROM a default.");

    public static readonly Rule BadReference = new(
        "ORC2034", Severity.Error, "'{0}' is not an image reference{1}.{2}", "Use lower case, and a form like 'registry/name:tag'.");

    public static readonly Rule StageNamedAsBase = new("ORC2055", Severity.Error,
        "'{0}' does not start this stage from the same on every platform, and the image '{1}' among that has the name of a stage.",
        "Give the stage another name.");

    public static readonly Rule BlankPlatform = new(
        "ORC2035", Severity.Error, "The platform '{0}' is empty after its variables were expanded.", "Give the build argument a value, or its ARG before the first FROM a default.");

    public static readonly Rule BadPlatform = new(
        "ORC2056", Severity.Error, "'{0}' is not a platform{1}.", "Write a system and an architecture such as linux/amd64 or linux/arm/v7, or one of them alone.");

    public static readonly Rule BackslashInIgnoreFile = new(
        "ORC2057", Severity.Warning, "In '{0}' a backslash separates no folders: before a letter or digit it begins an escape as in a regular expression, and any other character it makes an ordinary one. Docker's command on Windows takes it for a separator.",
        "Write '/' between folders; that means the same everywhere.");

    public static readonly Rule IgnoreFileElsewhere = new(
        "ORC2058", Severity.Warning, "The ignore file is a link to '{0}', which the builder does not find within the folder of the link: it ignores nothing.",
        "Copy the file to where the link is, or let the link lead to a file of the same folder.");

    public static readonly Rule UnknownTarget = new(
        "ORC2036", Severity.Error, "There is no stage '{0}' to build{1}.{2}", "Correct 'target:' or name the stage with AS.");

    public static readonly Rule NumberAsTarget = new(
        "ORC2037", Severity.Error, "The target '{0}' is a number, which BuildKit does not accept.", "Name the stage with AS, and use that name under 'target:'.");

    public static readonly Rule LaterStage = new(
        "ORC2038", Severity.Error, "'{0}' is this stage or a later one.", "Copy and mount only from stages above; move the stage up.");

    public static readonly Rule NoSuchStageNumber = new(
        "ORC2039", Severity.Error, "There is no stage number {0} above; stages count from 0.", "Correct the number, counting from 0; better, name the stage with AS and use the name.");

    public static readonly Rule SourceMissing = new(
        "ORC2041", Severity.Error, "There is no '{0}' in the build context {1}.{2}", "Correct the path; it is relative to the context, not to the Dockerfile.");

    public static readonly Rule RemoteCopy = new(
        "ORC2040", Severity.Error, "COPY cannot take the remote source '{0}'.", "Use ADD for URLs and git repositories.");

    public static readonly Rule ChecksumSource = new(
        "ORC2047", Severity.Error, "'--checksum' is for an ADD of exactly one source, a URL or a git repository.", "Give the source that the checksum is of an ADD of its own.");

    public static readonly Rule BadChecksum = new(
        "ORC2048", Severity.Error, "'{0}' is not a checksum.", "Write 'sha256:' and 64 hexadecimal digits in lower case.");

    public static readonly Rule SourceLeavesContext = new(
        "ORC2045", Severity.Error,
        "'{0}' leaves the build context '{1}', which no build can: BuildKit looks for '{2}' inside, and there is none. What is meant is probably '{3}'. Three ways out:\n"
        + "  1. leave the Dockerfile as it is, and write in images.yml under 'images:'  {4}: {{ overlay: {{ {5}: {6} }} }}\n"
        + "  2. build in a larger context, 'context: {7}' with 'dockerfile: {8}', and write the sources of COPY and ADD relative to it\n"
        + "  3. name the directory, 'additional_contexts: {{ {5}: {6} }}', and write 'COPY --from={5} …'",
        "Choose one of the three; 'orchestrator fix' makes the first, 'orchestrator fix --context' the second.");

    public static readonly Rule SourceLeavesContextUnknown = new(
        "ORC2046", Severity.Error,
        "'{0}' leaves the build context '{1}', which no build can: BuildKit looks for '{2}' inside, and there is none, nor in a folder above it.",
        "Correct the path; sources are relative to the context.");
}
