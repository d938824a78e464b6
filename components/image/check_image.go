package image

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/secretwords"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of an image, and is the tag that follows from them.
func (a *ImageArgs) check() (validate.Problems, string) {
	ps := a.checkRepository()
	ps.Add(validate.Enum("platform", a.Platform)...)
	ps.Add(a.checkArgs()...)
	for i, from := range a.CacheFrom {
		ps.Add(validate.ImageReference(validate.Path("cacheFrom").Index(i), from, false)...)
	}
	ps.Add(validate.Distinct("cacheFrom", a.CacheFrom)...)
	if a.Tag != "" {
		ps.Add(validate.ImageTag("tag", a.Tag)...)
	}
	tag, problems := a.contentTag()
	ps.Add(problems...)
	if a.Tag != "" {
		tag = a.Tag
	}
	return ps, tag
}

func (a *ImageArgs) checkRepository() validate.Problems {
	ps := validate.ExactlyOne(
		validate.Required("repository", "the repository that receives the image", "give repository or repositoryUrl"),
		validate.Alternative{Path: "repository", Given: a.Repository != nil},
		validate.Alternative{Path: "repositoryUrl", Given: a.RepositoryUrl != nil},
	)
	if text, ok := component.Literal(a.RepositoryUrl); ok {
		ps.Add(validate.RepositoryURL("repositoryUrl", text)...)
	}
	return ps
}

var argName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// checkArgs reports secrets among the build arguments, by their names and by their form.
// Source: https://docs.docker.com/build/building/secrets/
func (a *ImageArgs) checkArgs() validate.Problems {
	var ps validate.Problems
	for _, name := range slices.Sorted(maps.Keys(a.Args)) {
		at, value := validate.Path("args").Key(name), a.Args[name]
		kind := secretwords.Kind(value)
		if kind == "" && secretwords.Suspect(value) != "" {
			kind = "what may be " + secretwords.Suspect(value)
		}
		switch {
		case !argName.MatchString(name):
			ps.Add(validate.Invalid(at, name, "the name of an ARG line: letters, digits and _, no digit first",
				"call it as the Dockerfile does").By("image-arg-name"))
			continue
		case secretwords.Named(name, value):
			kind = "what its name calls a secret"
		case kind == "":
			continue
		}
		ps.Add(validate.Problem{
			Rule: "image-arg-secret", Path: at, Value: "a value (not shown): " + kind,
			Expected: "no secret: build arguments stay in the image, for everybody who can pull it",
			Fix: "let the task read it from Secrets Manager when it starts; what only the build needs is a secret mount of " +
				"docker buildx in CI, which pushes the image and hands over its digest",
		})
	}
	return ps
}

// checkPath reports a path that another machine would not have: it stands in the state of the stack, and another one
// builds the image again.
func checkPath(at validate.Path, path string) validate.Problems {
	if path == "" || !filepath.IsAbs(path) {
		return nil
	}
	return validate.Problems{validate.Invalid(at, path, "a path relative to the directory in which the program runs",
		"write it as in ./app: an absolute path differs from machine to machine, and the image with it").By("image-path")}
}
