package sandbox

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFindPython(t *testing.T) {
	type machine map[string]fakeProgram
	for name, test := range map[string]struct {
		programs machine
		own      string
		want     string // path, or the beginning of the problem
		fix      string
	}{
		"the newest numbered one": {
			programs: machine{"python3": says("3.9.2||/usr/bin/python3.9"), "python3.10": says("3.10.1||/usr/bin/python3.10"), "python3.11": says("3.11.1||/opt/python3.11")},
			want:     "/opt/python3.11",
		},
		"one that does not tell its path": {
			programs: machine{"python3": says("3.14.0||")}, want: "/usr/bin/python3",
		},
		"none": {
			want: "no Python in PATH; the emulator needs 3.10 or newer", fix: "apt install python3 python3-venv",
		},
		"too old ones": {
			programs: machine{"python3": says("3.9.18||/usr/bin/python3"), "python": says("2.7.18||/usr/bin/python")},
			want:     "no Python 3.10 or newer: /usr/bin/python3 is 3.9.18; /usr/bin/python is 2.7.18", fix: "install Python 3.10 or newer",
		},
		"without venv": {
			programs: machine{"python3.12": says("3.12.3|venv,ensurepip|/usr/bin/python3.12")},
			want:     "no Python that can make a virtual environment: /usr/bin/python3.12 is 3.12.3, without the module venv, ensurepip",
			fix:      "apt install python3.12-venv",
		},
		"without ensurepip, as Debian splits it": {
			programs: machine{"python3": says("3.13.5|ensurepip|/usr/bin/python3"), "python3.10": fails(1, "pyenv: version not installed")},
			want:     "no Python that can make a virtual environment: /usr/bin/python3 is 3.13.5, without the module ensurepip",
			fix:      "apt install python3.13-venv",
		},
		"without venv, but another one with it": {
			programs: machine{"python3.13": says("3.13.5|ensurepip|/usr/bin/python3.13"), "python3.11": says("3.11.2||/usr/bin/python3.11")},
			want:     "/usr/bin/python3.11",
		},
		"a launcher of something that is not installed": {
			programs: machine{"python3.13": fails(127, "pyenv: python3.13: command not found")},
			want:     "no Python in PATH",
		},
		"one that says something else": {
			programs: machine{"python3": says("Python is not here")},
			want:     "no Python 3.10 or newer: /usr/bin/python3 is of an unknown version",
		},
		"one that says nothing": {
			programs: machine{"python3": says("")}, want: "no Python 3.10 or newer: /usr/bin/python3 is of an unknown version",
		},
		"the user's": {
			programs: machine{"my-python": says("3.11.1||/opt/my"), "python3.13": says("3.13.1||/usr/bin/python3.13")}, own: "my-python",
			want: "/opt/my",
		},
		"the user's does not exist": {
			programs: machine{"python3.13": says("3.13.1||/usr/bin/python3.13")}, own: "my-python",
			want: "BULWARK_PYTHON cannot be used: my-python: no such program", fix: "name a Python 3.10 or newer with venv, or leave it unset",
		},
		"the user's does not run": {
			programs: machine{"my-python": fails(1, "bad CPU type")}, own: "my-python",
			want: "BULWARK_PYTHON cannot be used: /usr/bin/my-python: does not run (fake: exit status 1: bad CPU type)",
		},
		"the user's is too old": {
			programs: machine{"my-python": says("3.8.1||")}, own: "my-python", want: "BULWARK_PYTHON cannot be used: /usr/bin/my-python is 3.8.1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t)
			delete(m.programs, "python3.12")
			for name, program := range test.programs {
				m.programs[name] = program
			}
			if test.own != "" {
				m.vars["BULWARK_PYTHON"] = test.own
			}
			info, err := findPython(t.Context(), m.system())
			if err == nil {
				assert.Equal(t, test.want, info.Path)
				return
			}
			assert.Equal(t, KindMissing, KindOf(err))
			assert.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, "-> ")
			assert.ErrorContains(t, err, test.fix)
		})
	}
}

func TestParseProbe(t *testing.T) {
	version, missing, executable := parseProbe(" 3.12.1|venv,ensurepip|/usr/bin/python3|x \n")
	assert.Equal(t, []string{"3.12.1", "venv,ensurepip", "/usr/bin/python3|x"}, []string{version, missing, executable})
	version, missing, executable = parseProbe("")
	assert.Equal(t, []string{"", "", ""}, []string{version, missing, executable})
	for version, recent := range map[string]bool{
		"3.10.0": true, "3.9.99": false, "4.0.0": true, "2.7": false, "3": false, "": false, "three.ten": false,
	} {
		assert.Equal(t, recent, pythonRecent(version), version)
	}
}

func TestInstallVenv(t *testing.T) {
	dir := func(b *toolBench) string {
		found, err := filepath.Glob(filepath.Join(b.vars["BULWARK_CACHE"], "emulator", "*"))
		require.NoError(t, err)
		require.Len(t, found, 1)
		return found[0]
	}
	t.Run("by hash and once", func(t *testing.T) {
		b := newToolBench(t)
		path, err := b.tools(t).ensurePython(t.Context())
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(dir(b), "bin", "python"), path)
		assert.Equal(t, 1, b.count("python -m pip install --require-hashes"))
		_, err = b.tools(t).ensurePython(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 1, b.count("python -m pip"))
	})
	t.Run("anew when it was cut off", func(t *testing.T) {
		b := newToolBench(t)
		b.programs["python"] = fails(1, "interrupted")
		_, err := b.tools(t).ensurePython(t.Context())
		require.Error(t, err)
		leftover := filepath.Join(dir(b), "half")
		require.NoError(t, writeFile(leftover, nil))
		_, ok := b.tools(t).findVenv()
		assert.False(t, ok, "without its last file an environment does not count")

		b.programs["python"] = says("installed")
		_, err = b.tools(t).ensurePython(t.Context())
		require.NoError(t, err)
		assert.NoFileExists(t, leftover, "nothing of the half one is kept")
	})
	t.Run("anew when its Python was uninstalled", func(t *testing.T) {
		b := newToolBench(t)
		path, err := b.tools(t).ensurePython(t.Context())
		require.NoError(t, err)
		require.NoError(t, os.Remove(path))
		require.NoError(t, os.Symlink("/no/such/python", path))
		_, ok := b.tools(t).findVenv()
		assert.False(t, ok)
		_, err = b.tools(t).ensurePython(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 2, b.count("python -m pip"))
	})
	t.Run("a Python that only seemed to have venv", func(t *testing.T) {
		b := newToolBench(t)
		b.programs["python3.12"] = func(args []string, c Command) error {
			if args[0] == "-m" {
				return fails(1, "ensurepip is not available")(args, c)
			}
			return says("3.12.1||/usr/bin/python3.12")(args, c)
		}
		_, err := b.tools(t).ensurePython(t.Context())
		assert.Equal(t, KindBuild, KindOf(err))
		assert.ErrorContains(t, err, "making a virtual environment with /usr/bin/python3.12 failed")
		assert.ErrorContains(t, err, "    ensurepip is not available")
		assert.ErrorContains(t, err, "-> or name another Python in BULWARK_PYTHON")
	})
}
