package sandbox

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

func TestReadProject(t *testing.T) {
	for name, test := range map[string]struct {
		project, stack string
		permanent      bool
		region         string
	}{
		"what the stack says":         {declaring, "config:\n  bulwark:lifecycle: disposable\n  aws:region: eu-west-1\n", false, "eu-west-1"},
		"else the project's default":  {declaring, "config:\n  aws:region: eu-west-1\n", true, "eu-west-1"},
		"a default that is something": {"name: x\nconfig:\n  lifecycle:\n    default: disposable\n", "", false, ""},
		"no word of it":               {"name: x\n", "", true, ""},
		"a misspelt word protects":    {declaring, "config:\n  bulwark:lifecycle: disposible\n", true, ""},
		"an empty one too":            {declaring, "config:\n  bulwark:lifecycle:\n", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := mustProject(t, test.project, test.stack)
			assert.Equal(t, test.permanent, p.Permanent)
			assert.Equal(t, test.region, p.Region)
		})
	}
}

func TestReadProjectRefusesWhatIsNoYAML(t *testing.T) {
	for name, test := range map[string]struct{ project, stack, want string }{
		"broken":              {"name: bulwark\n", "config:\n\t- x\n", "Pulumi.dev.yaml is not valid YAML: yaml: line 2"},
		"a list":              {"name: bulwark\n", "- config\n", "Pulumi.dev.yaml holds no settings"},
		"one word":            {"name: bulwark\n", "config\n", "Pulumi.dev.yaml holds no settings"},
		"a setting twice":     {"name: bulwark\n", "config:\n  a:b: 1\n  a:b: 2\n", `Pulumi.dev.yaml is not valid YAML: yaml: unmarshal errors:`},
		"a project, broken":   {"name: [\n", "", "Pulumi.yaml is not valid YAML"},
		"a project, nameless": {"runtime: go\n", "", "Pulumi.yaml has no name\n  -> add: name: bulwark"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := projectOf(t, test.project, test.stack)
			assert.Equal(t, KindUsage, KindOf(err))
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func FuzzReadProject(f *testing.F) {
	f.Add(declaring, "config:\n  aws:region: eu-west-1\n  bulwark:owner: me\n")
	f.Add("name: x\nconfig: [1, 2]\n", "config: {a: {secure: b}}\n")
	f.Add("name: *a\n", "? {a: b}\n: c\n")
	f.Add("name: x\nconfig:\n  y: &z {default: 1}\n  w: *z\n", "---\n---\n")
	f.Fuzz(func(t *testing.T, project, stack string) {
		p, err := projectOf(t, project, stack)
		if err != nil {
			return
		}
		_ = p.undeclared()
		_, _ = p.settings()
		if err := p.writeCopies(t.TempDir()); err != nil {
			t.Fatalf("what can be read can be written: %v", err)
		}
	})
}

// copies writes the engine's copies and returns them, decoded.
func copies(t *testing.T, p *Project, dir string) (project, stack map[string]any) {
	t.Helper()
	require.NoError(t, p.writeCopies(dir))
	for name, into := range map[string]*map[string]any{"Pulumi.yaml": &project, "Pulumi.dev.yaml": &stack} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.NoError(t, yaml.Unmarshal(raw, into))
	}
	return project, stack
}

func TestWriteCopies(t *testing.T) {
	const projectText = "name: bulwark # ours\nruntime: go\nbackend:\n  url: s3://real\nstackConfigDir: stacks\nconfig:\n  owner:\n    type: string\n"
	const stackText = "# a comment\nsecretsprovider: awskms://key\nencryptedkey: abc\nconfig:\n  bulwark:owner: me\n  bulwark:list: [a, b]\n"
	p := mustProject(t, projectText, stackText)
	dir := t.TempDir()
	project, stack := copies(t, p, dir)
	assert.Equal(t, map[string]any{
		"name": "bulwark", "runtime": "go", "config": map[string]any{"owner": map[string]any{"type": "string"}},
	}, project, "neither a backend nor another folder for stack files")
	assert.Equal(t, map[string]any{"config": map[string]any{
		"bulwark:owner": "me", "bulwark:list": []any{"a", "b"}, "aws:s3UsePathStyle": "true",
	}}, stack, "no key of the real stack's")

	// The engine writes its salt into the copy. The next copy keeps it: the state is encrypted with it.
	salted := filepath.Join(dir, "Pulumi.dev.yaml")
	raw, err := os.ReadFile(salted)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(salted, append([]byte("encryptionsalt: v1:salt\n"), raw...), 0o644))
	_, stack = copies(t, p, dir)
	assert.Equal(t, "v1:salt", stack["encryptionsalt"])

	// The user's files are as they were.
	for name, want := range map[string]string{"Pulumi.yaml": projectText, "Pulumi.dev.yaml": stackText} {
		raw, err := os.ReadFile(filepath.Join(filepath.Dir(p.file), name))
		require.NoError(t, err)
		assert.Equal(t, want, string(raw))
	}
}

func TestWriteCopiesOfAStackWithSecrets(t *testing.T) {
	m := newMachine(t)
	m.vars["PULUMI_CONFIG_PASSPHRASE"] = "open sesame"
	p := mustProject(t, "name: bulwark\n", "encryptionsalt: v1:user\nconfig:\n  bulwark:token:\n    secure: v1:abc\n")
	require.NoError(t, p.checkSecrets(m.system()))
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "Pulumi.dev.yaml"), []byte("encryptionsalt: v1:before\n"), 0o644))
	_, stack := copies(t, p, dir)
	assert.Equal(t, "v1:user", stack["encryptionsalt"], "the salt with which the user has encrypted")
}

func TestWriteCopiesLeavesAWordOfTheUsers(t *testing.T) {
	p := mustProject(t, "name: bulwark\n", "config:\n  aws:s3UsePathStyle: \"false\"\n")
	_, stack := copies(t, p, t.TempDir())
	assert.Equal(t, map[string]any{"aws:s3UsePathStyle": "false"}, stack["config"])
	_, stack = copies(t, mustProject(t, "name: bulwark\n", ""), t.TempDir())
	assert.Equal(t, map[string]any{"aws:s3UsePathStyle": "true"}, stack["config"], "an empty stack file is one")
}
