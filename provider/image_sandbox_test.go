//go:build sandbox

package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

const dockerBuildImage = "docker-build:index:Image"

// standIns builds the plugins that stand in for awsx and docker-build, which need a Docker daemon, and returns the
// folder that holds them.
func standIns(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"pulumi-resource-awsx", "pulumi-resource-docker-build"} {
		build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, name), "./testdata/imageplugins")
		out, err := build.CombinedOutput()
		require.NoError(t, err, string(out))
	}
	return dir
}

// What awsx's plugin makes is made by the newer docker-build, and what was pushed stays in the registry: when another
// content takes its place, and when the stack is destroyed. The same holds for a program in another language.
func TestImageThroughAwsx(t *testing.T) {
	env, plugins := sandboxtest.New(t), standIns(t)
	context := filepath.Join("testdata", "built")
	require.NoError(t, os.RemoveAll(context))
	t.Cleanup(func() { _ = os.RemoveAll(context) })
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(context, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(context, name), []byte(text), 0o600))
	}
	write("Dockerfile", "FROM scratch\n")
	const url = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"
	stack := env.Deploy(t, func(ctx *pulumi.Context) error {
		built, err := image.NewImage(ctx, "api", &image.ImageArgs{RepositoryUrl: pulumi.String(url), Context: context})
		if err != nil {
			return err
		}
		var elsewhere struct {
			pulumi.ResourceState
			ImageRef pulumi.StringOutput `pulumi:"imageRef"`
		}
		err = ctx.RegisterRemoteComponentResource("bulwark:image:Image", "worker", pulumi.Map{
			"repositoryUrl": pulumi.String(strings.Replace(url, "api", "worker", 1)), "context": pulumi.String("Dockerfiles"), "tag": pulumi.String("1.4.0"),
		}, &elsewhere)
		ctx.Export("image", built.ImageRef)
		return err
	}, sandboxtest.Options{Plugins: []string{plugins, plugin(t)}})
	// The plugin's own directory is that of the stack.
	require.NoError(t, os.MkdirAll(filepath.Join(stack.Dir(), "Dockerfiles"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(stack.Dir(), "Dockerfiles", "Dockerfile"), []byte("FROM scratch\n"), 0o600))

	first := stack.Up(t).Output(t, "image")
	assert.Regexp(t, "^"+url+"@sha256:[0-9a-f]{64}$", first)
	var made, providers int
	for _, r := range stack.Resources(t) {
		switch r.Type {
		case dockerBuildImage:
			made++
			assert.True(t, r.RetainOnDelete, r.URN)
		case "pulumi:providers:docker-build":
			providers++
			assert.Contains(t, r.URN, "::default_0_0_22")
		}
	}
	assert.Equal(t, []int{2, 1}, []int{made, providers})
	stack.UpUnchanged(t)

	write("main", "another content")
	second := stack.Up(t).Output(t, "image")
	assert.NotEqual(t, first, second)
	stack.Destroy(t)

	notes, err := os.ReadFile(filepath.Join(plugins, "notes"))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(notes)), "\n")
	assert.Len(t, lines, 3, "pushed once for each content")
	for _, line := range lines {
		assert.True(t, strings.HasPrefix(line, "push "), line)
	}
}
