package image

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func (a *ImageArgs) dockerfile() string {
	return cmp.Or(a.Dockerfile, path.Join(a.Context, "Dockerfile"))
}

func (a *ImageArgs) platform() Platform { return cmp.Or(a.Platform, LinuxArm64) }

// contentTag is a tag that follows from all that is built: files, Dockerfile, arguments, stage and platform. awsx's own
// is the same for every content of a directory, so that an immutable repository would refuse the second push.
func (a *ImageArgs) contentTag() (string, validate.Problems) {
	ps := checkPath("context", a.Context)
	ps.Add(checkPath("dockerfile", a.Dockerfile)...)
	if info, err := os.Stat(a.Context); a.Context == "" || err != nil || !info.IsDir() {
		ps.Add(a.noContext())
	}
	if len(ps) > 0 {
		return "", ps
	}
	sum := sha256.New()
	if err := hashFile(sum, a.dockerfile()); err != nil {
		return "", validate.Problems{validate.Invalid("dockerfile", a.dockerfile(), "a Dockerfile that can be read",
			"give its path, relative to the directory in which the program runs").By("image-dockerfile")}
	}
	for _, name := range slices.Sorted(maps.Keys(a.Args)) {
		_, _ = fmt.Fprintf(sum, "arg %q %q\n", name, a.Args[name])
	}
	_, _ = fmt.Fprintf(sum, "target %q platform %q\n", a.Target, a.platform())
	ps, err := a.hashContext(sum)
	if err != nil {
		ps.Add(validate.Invalid("context", a.Context, "a directory that can be read: "+err.Error(),
			"correct the permissions, or the .dockerignore").By("image-context"))
	}
	return "content-" + hex.EncodeToString(sum.Sum(nil))[:20], ps
}

func (a *ImageArgs) noContext() validate.Problem {
	const expected, fix = "a directory with what is built", "give its path, relative to the directory in which the program runs"
	if a.Context == "" {
		return validate.Required("context", expected, fix)
	}
	return validate.Invalid("context", a.Context, expected, fix).By("image-context")
}

// hashContext adds the files that the build sees: their paths, modes and contents, which is also what docker-build
// compares to find out whether there is something to build.
func (a *ImageArgs) hashContext(sum hash.Hash) (validate.Problems, error) {
	ignored, err := a.ignored()
	if err != nil {
		return nil, err
	}
	var ps validate.Problems
	return ps, filepath.WalkDir(a.Context, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(a.Context, file)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		skip, err := ignored.MatchesOrParentMatches(relative)
		switch {
		case err != nil:
			return err
		case relative == ".", entry.IsDir() && (!skip || ignored.Exclusions()):
			return nil
		case skip && entry.IsDir():
			return fs.SkipDir
		case skip:
			return nil
		}
		if credentials.MatchString(relative) {
			ps.Add(validate.Conflict("context", relative, "no file with credentials: what is copied stays in the image",
				"name it in .dockerignore").By("image-context-secret"))
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(sum, "file %q %s\n", relative, info.Mode())
		return hashFile(sum, file)
	})
}

// credentials are files that hold them by their names.
var credentials = regexp.MustCompile(`(^|/)(\.env|\.aws/credentials|\.ssh/id_[a-z0-9]+|id_(rsa|ecdsa|ed25519)|\.docker/config\.json)$`)

// ignored matches what the build does not see: by a file beside the Dockerfile, or else by the one in the context.
func (a *ImageArgs) ignored() (*patternmatcher.PatternMatcher, error) {
	for _, name := range []string{a.dockerfile() + ".dockerignore", filepath.Join(a.Context, ".dockerignore")} {
		file, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }()
		patterns, err := ignorefile.ReadAll(file)
		if err != nil {
			return nil, err
		}
		return patternmatcher.New(patterns)
	}
	return patternmatcher.New(nil)
}

// hashFile adds the content of a file. Of a link it adds where it leads, and the content of a file that is there.
func hashFile(sum hash.Hash, name string) error {
	link, noLink := os.Readlink(name)
	if noLink == nil {
		_, _ = fmt.Fprintf(sum, "link %q\n", link)
	}
	info, err := os.Stat(name)
	switch {
	case noLink == nil && errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return nil
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	n, err := io.Copy(sum, file)
	_, _ = fmt.Fprintf(sum, "\n%d bytes\n", n)
	return err
}
