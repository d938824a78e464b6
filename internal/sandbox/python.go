package sandbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// pythonMinimum is the oldest Python that the locked moto runs on: 3.10.
const pythonMinimum = 10

// pythonCandidates in the order of preference. Numbered ones first: on many systems python3 is the oldest around.
var pythonCandidates = []string{"python3.13", "python3.12", "python3.11", "python3.10", "python3", "python"}

// pythonInfo is a Python that was asked about itself.
type pythonInfo struct {
	Path    string
	Version string
}

// pythonProbe prints version, what is missing for a virtual environment, and the interpreter's real path.
const pythonProbe = `import sys
missing = []
for name in ("venv", "ensurepip", "ssl"):
    try:
        __import__(name)
    except Exception:
        missing.append(name)
print("%d.%d.%d|%s|%s" % (sys.version_info[0], sys.version_info[1], sys.version_info[2], ",".join(missing), sys.executable))`

// findPython returns the first Python that is new enough and can make virtual environments. Its error says what each
// of those that were found lacks.
func findPython(ctx context.Context, s System) (pythonInfo, error) {
	candidates := pythonCandidates
	own := s.env("BULWARK_PYTHON")
	if own != "" {
		candidates = []string{own}
	}
	var found []string
	withoutVenv := ""
	for _, name := range candidates {
		path, err := s.LookPath(name)
		if err != nil {
			if own != "" {
				found = append(found, fmt.Sprintf("%s: no such program", own))
			}
			continue
		}
		out, err := s.output(ctx, Command{Name: path, Args: []string{"-c", pythonProbe}})
		if err != nil {
			// Version managers put programs into PATH that only say which version is not installed.
			if own != "" {
				found = append(found, fmt.Sprintf("%s: does not run (%v)", path, err))
			}
			continue
		}
		version, missing, executable := parseProbe(out)
		switch {
		case !pythonRecent(version):
			found = append(found, fmt.Sprintf("%s is %s", path, orUnknown(version)))
		case missing != "":
			found = append(found, fmt.Sprintf("%s is %s, without the module %s", path, version, strings.ReplaceAll(missing, ",", ", ")))
			withoutVenv = version
		default:
			if executable == "" {
				executable = path
			}
			return pythonInfo{Path: executable, Version: version}, nil
		}
	}
	if own != "" {
		return pythonInfo{}, &Problem{
			Kind: KindMissing,
			What: "BULWARK_PYTHON cannot be used: " + strings.Join(found, "; "),
			Fix:  []string{"name a Python 3.10 or newer with venv, or leave it unset and the first good one in PATH is taken"},
		}
	}
	return pythonInfo{}, pythonProblem(found, withoutVenv)
}

func parseProbe(out string) (version, missing, executable string) {
	parts := strings.SplitN(strings.TrimSpace(out), "|", 3)
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	return parts[0], parts[1], parts[2]
}

func pythonRecent(version string) bool {
	parts := strings.Split(version, ".")
	if len(parts) < 2 {
		return false
	}
	major, err1 := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(parts[1])
	return err1 == nil && err2 == nil && (major > 3 || major == 3 && minor >= pythonMinimum)
}

// orUnknown shows a version, unless it is something else that a program called python has said.
func orUnknown(version string) string {
	if version == "" || version[0] < '0' || version[0] > '9' {
		return "of an unknown version"
	}
	return version
}

func pythonProblem(found []string, withoutVenv string) *Problem {
	p := &Problem{Kind: KindMissing}
	switch {
	case len(found) == 0:
		p.What = "no Python in PATH; the emulator needs 3.10 or newer"
		p.Fix = []string{"install Python 3.10 or newer (Debian, Ubuntu: apt install python3 python3-venv)"}
	case withoutVenv != "":
		minor := strings.Join(strings.Split(withoutVenv, ".")[:2], ".")
		p.What = "no Python that can make a virtual environment: " + strings.Join(found, "; ")
		p.Fix = []string{fmt.Sprintf("add the missing modules (Debian, Ubuntu: apt install python%s-venv)", minor)}
	default:
		p.What = "no Python 3.10 or newer: " + strings.Join(found, "; ")
		p.Fix = []string{"install Python 3.10 or newer"}
	}
	p.Fix = append(p.Fix, "or name one in BULWARK_PYTHON")
	return p
}

func (t *tools) emulatorSource() string { return filepath.Join(t.Checkout.Root, "sandbox", "emulator") }

// requirements are the locked packages of the emulator.
func (t *tools) requirements() string { return filepath.Join(t.emulatorSource(), "requirements.txt") }

// venvs are the finished environments for the present requirements, whatever Python they were made with.
func (t *tools) venvs() []string {
	sum, err := hashFiles(t.requirements())
	if err != nil {
		return nil
	}
	found, err := filepath.Glob(filepath.Join(t.cache.Root, "emulator", hashKey(sum)+"-*", "complete"))
	if err != nil {
		return nil
	}
	for i := range found {
		found[i] = filepath.Dir(found[i])
	}
	return found
}

// findVenv returns the interpreter of a finished environment.
func (t *tools) findVenv() (string, bool) {
	for _, dir := range t.venvs() {
		// Stat follows the link to the base interpreter: an environment whose Python was uninstalled does not count.
		if python := filepath.Join(dir, "bin", "python"); isFile(python) {
			return python, true
		}
	}
	return "", false
}

// ensurePython returns the interpreter of the emulator's virtual environment.
func (t *tools) ensurePython(ctx context.Context) (path string, err error) {
	err = t.Report.step("python", "looking for the emulator's Python environment", func(detail func(string)) (outcome, error) {
		var ok bool
		if path, ok = t.findVenv(); ok {
			return skipped("moto %s", t.motoVersion()), nil
		}
		base, err := findPython(ctx, t.System)
		if err != nil {
			return outcome{}, err
		}
		path, err = t.installVenv(ctx, base, detail)
		return done("moto %s on Python %s", t.motoVersion(), base.Version), err
	})
	return path, err
}

// installVenv makes the environment in its final place, because a virtual environment cannot be moved; the file
// "complete" comes last, and without it the folder is made anew.
func (t *tools) installVenv(ctx context.Context, base pythonInfo, detail func(string)) (string, error) {
	sum, err := hashFiles(t.requirements())
	if err != nil {
		return "", &Problem{
			Kind: KindBuild, Err: err,
			What: "sandbox/emulator/requirements.txt cannot be read: " + err.Error(),
			Fix:  []string{"git checkout -- sandbox/emulator"},
		}
	}
	lock, err := waitLock(ctx, t.cache.lock("python"), "installing the emulator", detail)
	if err != nil {
		return "", err
	}
	defer lock.Release()
	if python, ok := t.findVenv(); ok {
		return python, nil
	}
	dir := filepath.Join(t.cache.Root, "emulator", hashKey(sum)+"-"+base.Version)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	detail("making a virtual environment with Python " + base.Version)
	if said, err := t.logged(ctx, "python", Command{Name: base.Path, Args: []string{"-m", "venv", dir}}, nil); err != nil {
		return "", t.venvProblem(ctx, "making a virtual environment with "+base.Path, said, err, "or name another Python in BULWARK_PYTHON")
	}
	python := filepath.Join(dir, "bin", "python")
	detail("installing moto and what it needs, checked by hash")
	said, err := t.logged(ctx, "python", Command{
		Name: python,
		Args: []string{
			"-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check",
			"--progress-bar", "off", "-r", t.requirements(),
		},
	}, func(line string) { detail("installing: " + line) })
	if err != nil {
		return "", t.venvProblem(ctx, "installing sandbox/emulator/requirements.txt", said, err, "let the machine reach a package index: pip's own settings and HTTPS_PROXY are honoured")
	}
	return python, os.WriteFile(filepath.Join(dir, "complete"), []byte(base.Version+"\n"), 0o644)
}

func (t *tools) venvProblem(ctx context.Context, what, said string, err error, fix string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	p := t.buildProblem(what, "python", said, err)
	p.Fix = append(p.Fix, fix)
	return p
}

// motoVersion is what requirements.txt pins, or "" when it cannot be read.
func (t *tools) motoVersion() string {
	raw, err := os.ReadFile(t.requirements())
	if err != nil {
		return ""
	}
	for _, line := range strings.Split(string(raw), "\n") {
		name, version, ok := strings.Cut(strings.TrimSpace(line), "==")
		if bare, _, _ := strings.Cut(name, "["); ok && bare == "moto" {
			version, _, _ = strings.Cut(version, " ")
			return strings.TrimRight(version, `\;`)
		}
	}
	return ""
}
