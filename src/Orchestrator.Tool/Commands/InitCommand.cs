using System.CommandLine;
using System.Reflection;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.Reading;
using Orchestrator.Proposing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator init</c>: a graph for a repository that has none, inferred from its files. Needs no engine; without <c>--write</c> nothing changes.</summary>
internal sealed class InitCommand
{
    private readonly TextWriter _output;
    private readonly IRunReporter _reporter;
    private readonly ToolEnvironment _environment;
    private readonly RepositorySurvey _survey;

    private InitCommand(RepositorySurvey survey, ToolEnvironment environment, TextWriter output) =>
        (_survey, _environment, _output, _reporter) = (survey, environment, output, Reporter.Create(ProgressForm.Plain, output));

    public static Command Create(ToolEnvironment environment)
    {
        var folder = new Argument<string?>("folder") { Description = "The repository's top. Default: the git top level, else the current folder.", Arity = ArgumentArity.ZeroOrOne };
        var write = new Option<bool>("--write") { Description = "Create the files, and add the images project to the solution when there is exactly one. What is there already is never overwritten." };
        var command = new Command("init", "Proposes images.yml and an images project for this repository, and says what each line was inferred from.") { folder, write };
        command.SetAction((parse, cancellationToken) =>
        {
            var current = environment.CurrentDirectory;
            var root = parse.GetValue(folder) is { } named ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(named, current)) : RepositoryPaths.GitTopLevel(current) ?? current;
            var survey = Directory.Exists(root) ? RepositorySurvey.Of(root, cancellationToken) : new RepositorySurvey { Root = root };
            return new InitCommand(survey, environment, parse.InvocationConfiguration.Output).RunAsync(parse.GetValue(write), cancellationToken);
        });
        return command;
    }

    private async Task<int> RunAsync(bool writes, CancellationToken cancellationToken)
    {
        var file = Path.Join(_survey.Root, GraphProposal.FileName);
        if (GraphLocator.In(_survey.Root, new Dictionary<string, string>(), _survey.Root) is { Files: [var there, ..] } && Path.GetFileName(there).StartsWith("images.", StringComparison.Ordinal))
        {
            return Refuse(Rules.GraphFileThere.At(new SourceSpan(there)));
        }

        var proposal = new GraphProposer(_survey, _environment.Variables, Platforms.Default).Propose(cancellationToken);
        ProposalReport.Write(_output, _survey, proposal);
        if (proposal.IsEmpty)
        {
            return Refuse(Rules.NothingToPropose.Anywhere(_survey.Root));
        }

        var text = ProposalText.Of(proposal);
        var diagnostics = new DiagnosticBag();
        var graph = ProposalCheck.Read(file, text, _environment.Variables, Platforms.Default, diagnostics);
        var project = ImagesProject.For(_survey);
        var leftovers = graph is null ? null : new ContextLeftovers(_survey, graph);
        var ignores = leftovers?.Proposed() ?? [];
        ProposalReport.Write(_output, ignores, leftovers?.Remarks() ?? []);
        Show(text, project, ignores);
        _reporter.ReportAll(diagnostics);
        if (graph is null)
        {
            return Refuse(Rules.ProposalNotWritten.At(new SourceSpan(file)));
        }

        if (!writes)
        {
            _reporter.Say("Nothing was written; orchestrator init --write creates these files.");
            return ExitCode.Done;
        }

        await CreateAsync(GraphProposal.FileName, text, cancellationToken).ConfigureAwait(false);
        foreach (var ignore in ignores)
        {
            await CreateAsync(ignore.Path, ignore.Content, cancellationToken).ConfigureAwait(false);
        }

        if (project is not null)
        {
            await CreateAsync(project.Path, project.Content, cancellationToken).ConfigureAwait(false);
            await AddToSolutionAsync(project, cancellationToken).ConfigureAwait(false);
        }

        SayWhatIsLeft();
        return ExitCode.Done;
    }

    private int Refuse(Diagnostic diagnostic)
    {
        _reporter.Report(diagnostic);
        return ExitCode.Failed;
    }

    private void Show(string text, ImagesProject? project, IReadOnlyList<ProposedIgnoreFile> ignores)
    {
        ProposalReport.WriteFile(_output, GraphProposal.FileName, text);
        if (project is not null)
        {
            ProposalReport.WriteFile(_output, project.Path, project.Content);
        }

        foreach (var ignore in ignores)
        {
            ProposalReport.WriteFile(_output, ignore.Path, ignore.Content);
        }

        _output.WriteLine();
    }

    private async Task CreateAsync(string path, string content, CancellationToken cancellationToken)
    {
        var file = Path.Join(_survey.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = new FileStream(file, FileMode.CreateNew);
        await using var writer = new StreamWriter(stream);
        await writer.WriteAsync(content.AsMemory(), cancellationToken).ConfigureAwait(false);
        _reporter.Say($"created {path}");
    }

    private async Task AddToSolutionAsync(ImagesProject project, CancellationToken cancellationToken)
    {
        if (_survey.Solutions is not [var solution])
        {
            if (_survey.Solutions.Count > 0)
            {
                _reporter.Say($"{_survey.Solutions.Count} solutions, so none was changed: dotnet sln SOLUTION add {project.Path}");
            }

            return;
        }

        if (await new SolutionFile(_survey.Root, solution).AddAsync(project.Path, _environment, cancellationToken).ConfigureAwait(false) is { } trouble)
        {
            _reporter.Report(Rules.SolutionNotChanged.At(new SourceSpan(Path.Join(_survey.Root, solution)), solution, trouble));
        }
        else
        {
            _reporter.Say($"added {project.Path} to {solution}");
        }
    }

    private void SayWhatIsLeft()
    {
        var globalJson = Path.Join(_survey.Root, "global.json");
        if (!File.Exists(globalJson) || !File.ReadAllText(globalJson).Contains(ImagesProject.Sdk, StringComparison.Ordinal))
        {
            var version = typeof(InitCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
            _reporter.Say($$"""for dotnet build, global.json needs: { "msbuild-sdks": { "{{ImagesProject.Sdk}}": "{{version}}" } }""");
        }

        _reporter.Say("next: orchestrator check, orchestrator graph, orchestrator build");
    }
}
