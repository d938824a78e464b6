package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// declaring is a Pulumi.yaml with settings of every sort.
const declaring = `name: bulwark
runtime: go
config:
  owner:
    type: string
  bulwark:team:
    type: string
  lifecycle:
    type: string
    default: permanent
  days:
    type: integer
    default: 90
  origins:
    type: array
    items:
      type: string
    default: []
  aws:profile:
    value: x
`

// projectOf reads a checkout with these files.
func projectOf(t *testing.T, project, stack string) (*Project, error) {
	t.Helper()
	c := Checkout{Root: t.TempDir()}
	require.NoError(t, writeFile(filepath.Join(c.Root, "Pulumi.yaml"), []byte(project)))
	require.NoError(t, writeFile(filepath.Join(c.Root, "Pulumi.dev.yaml"), []byte(stack)))
	return readProject(c, "dev")
}

func mustProject(t *testing.T, project, stack string) *Project {
	t.Helper()
	p, err := projectOf(t, project, stack)
	require.NoError(t, err)
	return p
}

func TestUndeclaredSettings(t *testing.T) {
	for name, test := range map[string]struct {
		stack string
		want  []string // what is wrong, without the file; none is fine
	}{
		"all declared": {"config:\n  aws:region: eu-west-1\n  bulwark:owner: me\n  bulwark:team: us\n  other:thing: 1\n", nil},
		"no config":    {"encryptionsalt: v1\n", nil},
		"an empty one": {"config:\n", nil},
		"misspelt": {"config:\n  bulwark:lifecyle: disposable\n", []string{
			"there is no setting bulwark:lifecyle\n  -> did you mean bulwark:lifecycle?",
		}},
		"the short form of a declaration counts": {"config:\n  bulwark:taem: us\n", []string{
			"there is no setting bulwark:taem\n  -> did you mean bulwark:team?",
		}},
		"several": {"config:\n  bulwark:days: 1\n  bulwark:colour: red\n  bulwark:Owner: me\n", []string{
			"there is no setting bulwark:colour\n  -> remove it, or declare it in Pulumi.yaml",
			"there is no setting bulwark:Owner\n  -> did you mean bulwark:owner?",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			p := mustProject(t, declaring, test.stack)
			err := p.checkSettings(newMachine(t).system(), nil)
			if test.want == nil {
				require.NoError(t, err)
				return
			}
			assert.Equal(t, KindUsage, KindOf(err))
			text := ""
			for i, want := range test.want {
				if i > 0 {
					text += "\n"
				}
				text += p.file + ": " + want
			}
			assert.EqualError(t, err, text)
		})
	}
}

func TestSettingsAsTheEngineHandsThemOver(t *testing.T) {
	p := mustProject(t, declaring, `config:
  aws:region: eu-west-1
  bulwark:owner: "0100"
  bulwark:days: 7
  bulwark:origins:
    - https://a
    - https://b
  bulwark:undeclared: x
  other:thing: y
`)
	settings, ok := p.settings()
	assert.True(t, ok)
	assert.Equal(t, map[string]string{
		"aws:region": "eu-west-1", "bulwark:owner": "0100", "bulwark:lifecycle": "permanent", "bulwark:days": "7",
		"bulwark:origins": `["https://a","https://b"]`,
	}, settings)

	settings, ok = mustProject(t, declaring, "config:\n  bulwark:owner:\n").settings()
	assert.True(t, ok)
	assert.Equal(t, map[string]string{"bulwark:lifecycle": "permanent", "bulwark:days": "90", "bulwark:origins": "[]"}, settings,
		"what is empty is not set")
}

func TestCheckSettingsReportsEverythingAtOnce(t *testing.T) {
	m := newMachine(t)
	p := mustProject(t, declaring, "config:\n  bulwark:lifecyle: disposable\n  other:token:\n    secure: v1:abc\n")
	err := p.checkSettings(m.system(), func(project, stack string, settings map[string]string) error {
		assert.Equal(t, []string{"bulwark", "dev"}, []string{project, stack})
		assert.NotContains(t, settings, "bulwark:lifecyle")
		return errors.New("Pulumi.dev.yaml: 1 problem\n  - bulwark:owner: missing")
	})
	assert.Equal(t, KindUsage, KindOf(err))
	assert.EqualError(t, err, p.file+`: there is no setting bulwark:lifecyle
  -> did you mean bulwark:lifecycle?
`+p.file+`: other:token is encrypted, and the sandbox cannot read it
  -> with a passphrase provider: set PULUMI_CONFIG_PASSPHRASE
  -> else write a stack file for the sandbox with a plain value, for example Pulumi.sandbox.yaml, and use STACK=sandbox
Pulumi.dev.yaml: 1 problem
  - bulwark:owner: missing`)
}

func TestEncryptedSettings(t *testing.T) {
	const secret = "encryptionsalt: v1:salt\nconfig:\n  bulwark:owner:\n    secure: v1:abc\n"
	refuse := func(string, string, map[string]string) error { return errors.New("asked") }
	t.Run("with a passphrase", func(t *testing.T) {
		m := newMachine(t)
		m.vars["PULUMI_CONFIG_PASSPHRASE"] = "open sesame"
		p := mustProject(t, declaring, secret)
		require.NoError(t, p.checkSettings(m.system(), refuse), "what is encrypted only the engine can check")
		assert.Equal(t, "open sesame", p.passphrase)
	})
	t.Run("with a passphrase in a file", func(t *testing.T) {
		m := newMachine(t)
		m.vars["PULUMI_CONFIG_PASSPHRASE_FILE"] = filepath.Join(t.TempDir(), "passphrase")
		p := mustProject(t, declaring, secret)
		err := p.checkSettings(m.system(), nil)
		assert.Equal(t, KindUsage, KindOf(err))
		assert.ErrorContains(t, err, "PULUMI_CONFIG_PASSPHRASE_FILE cannot be read")
		require.NoError(t, os.WriteFile(m.vars["PULUMI_CONFIG_PASSPHRASE_FILE"], []byte("open sesame\n"), 0o600))
		require.NoError(t, p.checkSettings(m.system(), nil))
		assert.Equal(t, "open sesame", p.passphrase)
	})
	t.Run("without", func(t *testing.T) {
		err := mustProject(t, declaring, secret).checkSettings(newMachine(t).system(), nil)
		assert.ErrorContains(t, err, "bulwark:owner is encrypted, and the sandbox cannot read it")
	})
	t.Run("by a service that the sandbox has no key of", func(t *testing.T) {
		m := newMachine(t)
		m.vars["PULUMI_CONFIG_PASSPHRASE"] = "open sesame"
		p := mustProject(t, declaring, "secretsprovider: awskms://x\nencryptedkey: abc\nconfig:\n  bulwark:owner:\n    secure: AAA\n")
		assert.ErrorContains(t, p.checkSettings(m.system(), nil), "Pulumi.sandbox.yaml")
	})
	t.Run("of somebody else's namespace leave the others to be checked", func(t *testing.T) {
		m := newMachine(t)
		m.vars["PULUMI_CONFIG_PASSPHRASE"] = "open sesame"
		p := mustProject(t, declaring, "encryptionsalt: v1:salt\nconfig:\n  other:token:\n    secure: v1:abc\n")
		assert.ErrorContains(t, p.checkSettings(m.system(), refuse), "asked")
	})
}

func TestUpChecksSettingsFirst(t *testing.T) {
	b := newBench(t)
	b.CheckSettings = func(_, _ string, settings map[string]string) error {
		if settings["bulwark:lifecycle"] != "disposable" {
			return errors.New("Pulumi.prod.yaml: 1 problem")
		}
		return nil
	}
	delete(b.machine.programs, "go") // which is asked for before anything is built
	_, err := b.Up(t.Context(), UpOptions{Stack: "prod"})
	assert.Equal(t, KindUsage, KindOf(err))
	assert.EqualError(t, err, "Pulumi.prod.yaml: 1 problem")
	_, err = b.Up(t.Context(), UpOptions{Stack: "dev"})
	assert.ErrorContains(t, err, "no go command")
	assert.Zero(t, b.emulators.started)
}

// TestDownWithAWrongStackFile: a stack can be taken down whatever its file says by now.
func TestDownWithAWrongStackFile(t *testing.T) {
	b := newBench(t)
	b.mustUp(t, "dev")
	b.CheckSettings = func(string, string, map[string]string) error { return errors.New("wrong") }
	require.NoError(t, writeFile(filepath.Join(b.Checkout.Root, "Pulumi.dev.yaml"), []byte("config:\n  bulwark:lifecycle: disposable\n  bulwark:ownr: x\n")))
	st, err := b.Status(t.Context(), "dev")
	require.NoError(t, err)
	assert.Len(t, st.Stacks, 1)
	result, err := b.Down(t.Context(), DownOptions{Stack: "dev"})
	require.NoError(t, err)
	assert.Equal(t, 2, result.Deleted)
}
