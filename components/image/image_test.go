package image_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// app is a context whose files have the same modes everywhere.
func app(t *testing.T) string {
	t.Helper()
	for _, file := range []string{"Dockerfile", "message", ".dockerignore"} {
		require.NoError(t, os.Chmod(filepath.Join("testdata/app", file), 0o644))
	}
	return "testdata/app"
}

func built(args image.ImageArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := image.NewImage(ctx, "api", &args)
		return err
	}
}

func TestImageConforms(t *testing.T) {
	minimal := image.ImageArgs{RepositoryUrl: pulumi.String(someURL), Context: app(t)}
	with := func(change func(*image.ImageArgs)) pulumi.RunFunc {
		args := minimal
		change(&args)
		return built(args)
	}
	componenttest.Conform(t, componenttest.Case{
		Token: image.ImageType, Golden: "image", Args: image.ImageArgs{}, Component: image.Image{},
		Minimal: built(minimal),
		NoArgs: func(ctx *pulumi.Context) error {
			_, err := image.NewImage(ctx, "api", nil)
			return err
		},
		Unknown: with(func(a *image.ImageArgs) { a.RepositoryUrl = componenttest.UnknownString() }),
		Variants: map[string]pulumi.RunFunc{
			"everything": func(ctx *pulumi.Context) error {
				r, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels})
				if err != nil {
					return err
				}
				_, err = image.NewImage(ctx, "api", &image.ImageArgs{
					Repository: r, Context: app(t), Dockerfile: "testdata/app/Dockerfile", Target: "release",
					Platform: image.LinuxAmd64, Args: map[string]string{"VERSION": "1.4.0"},
					CacheFrom: []string{someURL + ":main"}, Tag: "1.4.0",
				})
				return err
			},
		},
		Bad: []componenttest.Bad{
			{Name: "everything at once", Program: with(func(a *image.ImageArgs) {
				a.RepositoryUrl, a.Platform, a.Tag = pulumi.String(someURL+":1"), "linux/arm", "-1"
				a.Args = map[string]string{
					"1": "x", "DB_PASSWORD": "correct horse", "VERSION": "1.4.0",
					"DATABASE": "postgres://app:horse@db.internal/acme",
				}
				a.CacheFrom = []string{someURL, someURL + ":main", someURL + ":main"}
				a.Context, a.Dockerfile = "/srv/app", "/srv/Dockerfile"
			}), Problems: []string{
				"repositoryUrl: repository-url", "platform: not-supported", `args["1"]: image-arg-name`,
				`args["DATABASE"]: image-arg-secret`, `args["DB_PASSWORD"]: image-arg-secret`,
				"cacheFrom[0]: image-mutable", "cacheFrom[2]: duplicate", "tag: image-tag", "context: image-path",
				"dockerfile: image-path", "context: image-context",
			}},
			{Name: "no context", Program: with(func(a *image.ImageArgs) { a.Context = "" }), Problems: []string{"context: required"}},
			{Name: "a context that is a file", Program: with(func(a *image.ImageArgs) {
				a.Context = "testdata/app/message"
			}), Problems: []string{"context: image-context"}},
			{Name: "no Dockerfile", Program: with(func(a *image.ImageArgs) { a.Context = "testdata" }), Problems: []string{
				"dockerfile: image-dockerfile",
			}},
			{Name: "two repositories", Program: func(ctx *pulumi.Context) error {
				r, err := image.NewRepository(ctx, "api", &image.RepositoryArgs{Labels: labels})
				if err != nil {
					return err
				}
				args := minimal
				args.Repository = r
				_, err = image.NewImage(ctx, "api", &args)
				return err
			}, Problems: []string{"repositoryUrl: alternatives"}},
		},
	})
}

// The reference is known once the image is pushed; a preview does not show a tag in its place.
func TestTheReferenceHasADigest(t *testing.T) {
	var reference []string
	program := func(ctx *pulumi.Context) error {
		i, err := image.NewImage(ctx, "api", &image.ImageArgs{RepositoryUrl: pulumi.String(someURL), Context: app(t)})
		if err != nil {
			return err
		}
		i.ImageRef.ApplyT(func(s string) string { reference = append(reference, s); return s })
		return nil
	}
	_, err := componenttest.Preview(program)
	require.NoError(t, err)
	assert.Empty(t, reference)
	componenttest.Run(t, program)
	assert.Equal(t, []string{someURL + "@" + componenttest.ImageDigest}, reference)
}

func TestASecretArgumentIsNotQuoted(t *testing.T) {
	_, err := componenttest.Update(built(image.ImageArgs{
		RepositoryUrl: pulumi.String(someURL), Context: app(t), Args: map[string]string{"NPM_TOKEN": "hunter2"},
	}))
	require.ErrorContains(t, err, `args["NPM_TOKEN"]: a value (not shown): what its name calls a secret: expected no secret: `+
		`build arguments stay in the image`)
	assert.NotContains(t, err.Error(), "hunter2")
}

func TestTheTagFollowsFromTheContent(t *testing.T) {
	directory := t.TempDir()
	t.Chdir(directory)
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	write("app/Dockerfile", "FROM scratch\n")
	write("app/main", "1")
	write("app/.dockerignore", "notes\n*.log\n")
	tag := func(change func(*image.ImageArgs)) string {
		args := image.ImageArgs{RepositoryUrl: pulumi.String(someURL), Context: "app"}
		change(&args)
		recorder := componenttest.Run(t, built(args))
		return recorder.Find("awsx:ecr:Image")[0].Input("imageTag").(string)
	}
	same := func(*image.ImageArgs) {}
	first := tag(same)
	assert.Regexp(t, "^content-[0-9a-f]{20}$", first)
	assert.Equal(t, first, tag(same))

	write("app/notes/todo", "not built")
	write("app/x.log", "neither")
	assert.Equal(t, first, tag(same), "what .dockerignore names is not built")

	seen := []string{first}
	another := func(why string, change func(*image.ImageArgs)) {
		now := tag(change)
		assert.NotContains(t, seen, now, why)
		seen = append(seen, now)
	}
	another("an argument", func(a *image.ImageArgs) { a.Args = map[string]string{"VERSION": "2"} })
	another("a stage", func(a *image.ImageArgs) { a.Target = "debug" })
	another("a platform", func(a *image.ImageArgs) { a.Platform = image.LinuxAmd64 })
	write("app/main", "2")
	another("a file", same)
	require.NoError(t, os.Chmod("app/main", 0o700))
	another("a mode", same)
	require.NoError(t, os.Symlink("main", "app/link"))
	another("a link", same)
	require.NoError(t, os.Remove("app/main"))
	another("a file that is gone, and a link that leads nowhere", same)
	write("app/Dockerfile.dockerignore", "link\n")
	another("a .dockerignore beside the Dockerfile wins", same)
	write("app/Dockerfile", "FROM scratch AS last\n")
	another("the Dockerfile", same)
}

func TestCredentialsInTheContextAreRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"app/Dockerfile": "FROM scratch\n", "app/.env": "TOKEN=x", "app/.env.example": "TOKEN=", "app/deploy/id_ed25519": "x",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	program := built(image.ImageArgs{RepositoryUrl: pulumi.String(someURL), Context: "app"})
	_, err := componenttest.Update(program)
	require.ErrorContains(t, err, `bulwark:image:Image "api": 2 problems:
  - context: ".env": expected no file with credentials: what is copied stays in the image; fix: name it in .dockerignore
  - context: "deploy/id_ed25519": expected`)

	require.NoError(t, os.WriteFile("app/.dockerignore", []byte(".env\n**/id_*\n"), 0o600))
	componenttest.Run(t, program)
}
