using System.Text.RegularExpressions;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Graph;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Proposing;

/// <summary>
/// What images are called: as a document says; else as a FROM says that means nothing else in the repository; else as their folders are. Names of
/// images that everybody pulls are kept for those.
/// </summary>
internal sealed partial class ImageNaming(RepositorySurvey survey, IReadOnlyList<FoundDockerfile> dockerfiles, IReadOnlyList<BaseUse> uses)
{
    /// <summary>Folders that say what is in them, not what it is called.</summary>
    private static readonly HashSet<string> Generic = new(StringComparer.OrdinalIgnoreCase)
    {
        "docker", "dockerfile", "dockerfiles", "build", "deploy", "deployment", "container", "containers", "image", "images", "infra", "ci", "src", "ops", ".docker",
    };

    /// <summary>Variants of one image rather than images of their own.</summary>
    private static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "dev", "development", "prod", "production", "test", "tests", "testing", "staging", "ci", "local", "debug", "release", "alpine", "slim", "arm64", "amd64", "gpu", "cpu",
    };

    /// <summary>Of Docker Hub, and pulled everywhere: a FROM of theirs means them.</summary>
    private static readonly HashSet<string> Official = new(StringComparer.Ordinal)
    {
        "alpine", "busybox", "caddy", "debian", "elasticsearch", "fedora", "gcc", "golang", "haproxy", "httpd", "mariadb", "maven", "memcached", "mongo", "mysql", "nginx", "node",
        "openjdk", "php", "postgres", "python", "rabbitmq", "redis", "registry", "ruby", "rust", "scratch", "traefik", "ubuntu", "vault", "wordpress",
    };

    /// <summary>Of others, whatever is in them.</summary>
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal) { "mcr.microsoft.com", "registry.k8s.io", "k8s.gcr.io", "nvcr.io", "public.ecr.aws" };

    private readonly string _repository = ImageKeyGrammar.MakeValid(survey.Name);

    /// <summary>The local names of each Dockerfile's image, the main one first, and why it is called so.</summary>
    public IReadOnlyDictionary<FoundDockerfile, InferredName> All()
    {
        var bases = uses.GroupBy(use => use.Reference).Select(group => (Uses: group.ToList(), Meant: Meant(group.Key, [.. group]))).Where(item => item.Meant is not null)
            .ToLookup(item => item.Meant!, item => item.Uses, ReferenceEqualityComparer.Instance);
        return dockerfiles.ToDictionary(file => file, file => Name(file, [.. bases[file]]));
    }

    private InferredName Name(FoundDockerfile file, IReadOnlyList<List<BaseUse>> bases)
    {
        var used = bases.Select(group => group[0].Reference).ToList();
        if (DocumentedName(file) is { } documented)
        {
            var name = used.Contains(documented) ? documented : documented with { Tag = "latest" };
            return new([.. used.Prepend(name).Distinct()], $"named in {file.Documented!.Place}", used.Count > 0);
        }

        if (used.Count > 0)
        {
            var users = bases.SelectMany(group => group).Select(use => use.Place(survey.Root)).Distinct(StringComparer.Ordinal).ToList();
            return new(used, $"named by the FROM of {string.Join(", ", users.Take(3))}{(users.Count > 3 ? $" and {users.Count - 3} more" : "")}", true);
        }

        var own = OwnName(file);
        var isElsewhere = Official.Contains(own) || uses.Any(use => use.Reference == ImageReference.Parse(own));
        return isElsewhere
            ? new([ImageReference.Parse($"{_repository}-{own}")], $"named after its {Origin(file)} and the repository, for '{own}' is an image from elsewhere", false)
            : new([ImageReference.Parse(own)], own == _repository ? "named after the repository" : $"named after its {Origin(file)}", false);
    }

    private string Origin(FoundDockerfile file) => IsVariantName(file) ? "file" : "folder";

    private static ImageReference? DocumentedName(FoundDockerfile file) => file.Documented?.Name is { } name && ImageReference.TryParse(name, out var reference) ? reference : null;

    /// <summary>The Dockerfile whose image a reference means: nobody's own base, and the only one that fits.</summary>
    private FoundDockerfile? Meant(ImageReference reference, IReadOnlyList<BaseUse> users)
    {
        var candidates = dockerfiles.Where(file => !users.Any(use => PathText.Relative(survey.Root, use.Dockerfile) == file.Path)).ToList();
        if (candidates.Find(file => DocumentedName(file) == reference) is { } documented)
        {
            return documented;
        }

        var last = reference.Repository.Split('/')[^1];
        var isOwn = reference.Registry == "docker.io" && reference.Repository.StartsWith("library/", StringComparison.Ordinal);
        if (reference.Digest is not null || Foreign.Contains(reference.Registry) || (isOwn && Official.Contains(last)))
        {
            return null;
        }

        var exact = candidates.Where(file => Names(file).Contains(last)).ToList();
        var fitting = exact.Count > 0 ? exact : candidates.Where(file => Fits(file, last, isOwn ? 1 : 2)).ToList();
        return fitting is [var only] ? only : null;
    }

    private IEnumerable<string> Names(FoundDockerfile file)
    {
        var (folder, variant) = (FolderName(file), ImageKeyGrammar.MakeValid(file.Variant));
        string[] names = [OwnName(file), folder, .. file.Variant.Length == 0 ? Array.Empty<string>() : [variant, $"{folder}-{variant}", $"{variant}-{folder}"]];
        return names.Where(name => file.Variant.Length == 0 || name != folder); // a variant is not what its folder is called
    }

    /// <summary>All words of the name are in the path, and the path's own name is among the words: <c>python-base</c> is <c>docker/base/python</c>.</summary>
    private bool Fits(FoundDockerfile file, string name, int leastWords)
    {
        var words = Words(name).ToHashSet(StringComparer.Ordinal);
        var path = Words(file.Path).Concat(Words(_repository)).ToHashSet(StringComparer.Ordinal);
        return words.Count >= leastWords && words.IsSubsetOf(path) && Words(file.Variant.Length > 0 ? file.Variant : FolderName(file)).All(words.Contains);
    }

    private string OwnName(FoundDockerfile file) => IsVariantName(file)
        ? ImageKeyGrammar.MakeValid(file.Variant)
        : file.Variant.Length == 0 ? FolderName(file) : ImageKeyGrammar.MakeValid($"{FolderName(file)}-{file.Variant}");

    private bool IsVariantName(FoundDockerfile file) => file.Variant.Length > 0 && !Kinds.Contains(file.Variant) && FolderName(file) == _repository;

    private string FolderName(FoundDockerfile file)
    {
        var folder = file.Folder;
        while (folder.Length > 0 && Generic.Contains(Path.GetFileName(folder)))
        {
            folder = PathText.Parent(folder);
        }

        return folder.Length == 0 ? _repository : ImageKeyGrammar.MakeValid(Path.GetFileName(folder));
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.ToUpperInvariant());

    [GeneratedRegex("[A-Za-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
