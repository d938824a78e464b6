package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	// portTakenStatus is the emulator's exit status for a port that it cannot bind.
	portTakenStatus = 98
	// startTimeout bounds the emulator's start; it takes 2 to 3 seconds when Python's cache is warm.
	startTimeout = 90 * time.Second
	// stopTimeout is how long an emulator has after SIGTERM.
	stopTimeout = 10 * time.Second
)

// errPortTaken is the cause when the emulator could not bind its port.
var errPortTaken = errors.New("port taken")

// Emulator is a running emulator; the record of one is this value as JSON.
type Emulator struct {
	Endpoint string `json:"endpoint"`
	// Instance is the id of its world, see [Health].
	Instance string    `json:"instance"`
	PID      int       `json:"pid"`
	Started  time.Time `json:"started"`
	// Begun tells its process from a later one with the same id; empty in records of older versions.
	Begun string `json:"begun,omitempty"`

	// attached holds the pipe whose end makes the emulator end.
	attached io.Closer
	exited   <-chan error
}

// EmulatorOptions say how to start one.
type EmulatorOptions struct {
	// Python is the interpreter of the emulator's environment, Source the folder sandbox/emulator.
	Python, Source string
	// Port on 127.0.0.1; 0 takes a free one.
	Port int
	// LogFile receives what it writes; it is started anew.
	LogFile string
	// Attached ends the emulator with the calling process, however that ends. Without, it outlives the caller once it
	// is recorded.
	Attached bool
	// Record is the file that says which emulator runs; empty leaves that to the caller. It is written before the
	// emulator may outlive the caller, so that none ever runs which nobody remembers.
	Record string
}

// watchedScript becomes the emulator, after starting a watcher that ends both as soon as standard input does, unless that
// has said "stay" before: the kernel closes the caller's end of that pipe even when the caller is killed.
const watchedScript = `exec 3<&0; ( { read -r word <&3; [ "$word" = stay ] || kill -TERM 0; } & ); exec "$@" </dev/null 3<&-`

// StartEmulator starts an emulator and returns once it answers.
func StartEmulator(ctx context.Context, o EmulatorOptions) (*Emulator, error) {
	if err := os.MkdirAll(filepath.Dir(o.LogFile), 0o755); err != nil {
		return nil, err
	}
	log, err := os.Create(o.LogFile)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	// A file and no pipe: nobody reads it once the caller has gone, and a full pipe would stop the emulator.
	ready, err := os.CreateTemp("", "bulwark-emulator-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(ready.Name())
	defer ready.Close()

	if _, err := os.Stat(o.Python); err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", "-c", watchedScript, "sh", o.Python, "-m", "bulwark_emulator", "--port", fmt.Sprint(o.Port))
	cmd.Dir = o.Source
	cmd.Env = append(emulatorEnvironment(os.Environ()), "PYTHONPATH="+o.Source, "PYTHONUNBUFFERED=1")
	cmd.Stdout, cmd.Stderr = ready, log
	detached(cmd)
	e := &Emulator{Started: time.Now()}
	watched, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	exited := make(chan error, 1)
	e.exited = exited
	go func() { exited <- cmd.Wait() }()
	if err := e.awaitReady(ctx, ready.Name(), o); err != nil {
		_ = kill(-cmd.Process.Pid)
		return nil, err
	}
	e.Begun = begun(e.PID)
	if o.Attached {
		e.attached = watched
		return e, nil
	}
	if err := e.letGo(watched, o.Record); err != nil {
		_ = kill(-cmd.Process.Pid)
		return nil, err
	}
	return e, nil
}

// letGo records the emulator, and only then lets it outlive this process.
func (e *Emulator) letGo(watched io.WriteCloser, record string) error {
	if record != "" {
		if err := writeRecord(record, e); err != nil {
			return notRecorded(record, err)
		}
	}
	_, err := io.WriteString(watched, "stay\n")
	return errors.Join(err, watched.Close())
}

// emulatorEnvironment leaves out what would lead boto or moto astray.
func emulatorEnvironment(env []string) []string {
	var kept []string
	for _, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		switch {
		case strings.HasPrefix(name, "AWS_"), strings.HasPrefix(name, "MOTO_"), name == "PYTHONHOME", name == "PYTHONSTARTUP",
			strings.EqualFold(name, "http_proxy"), strings.EqualFold(name, "https_proxy"), strings.EqualFold(name, "all_proxy"):
		default:
			kept = append(kept, entry)
		}
	}
	return kept
}

// awaitReady waits for the one line that says where it serves.
func (e *Emulator) awaitReady(ctx context.Context, file string, o EmulatorOptions) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-e.exited:
			return startProblem(err, o)
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return ctx.Err()
			}
			return &Problem{
				Kind: KindMissing, Err: ctx.Err(),
				What: fmt.Sprintf("the emulator did not answer within %s", startTimeout),
				Fix:  []string{"read " + o.LogFile},
			}
		case <-tick.C:
			raw, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			line, _, complete := bytes.Cut(raw, []byte("\n"))
			if !complete {
				continue
			}
			if err := json.Unmarshal(line, e); err != nil {
				return fmt.Errorf("the emulator said %q instead of where it serves: %w", line, err)
			}
			return nil
		}
	}
}

func startProblem(err error, o EmulatorOptions) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == portTakenStatus {
		return portProblem(o.Port)
	}
	raw, _ := os.ReadFile(o.LogFile)
	how := "exit status 0"
	if err != nil {
		how = err.Error()
	}
	p := &Problem{
		Kind: KindMissing, Err: err,
		What:   fmt.Sprintf("the emulator ended at once (%s)", how),
		Detail: lastLines(string(raw), 6),
		Fix:    []string{"the whole log is " + o.LogFile},
	}
	if bytes.Contains(raw, []byte("ModuleNotFoundError")) {
		environment := filepath.Dir(filepath.Dir(o.Python))
		p.Fix = append([]string{"its Python environment is damaged: rm -r " + environment + ", and run the same command again"}, p.Fix...)
	}
	return p
}

func portProblem(port int) *Problem {
	return &Problem{
		Kind: KindMissing, Err: errPortTaken,
		What: fmt.Sprintf("port %d of 127.0.0.1 is taken by another program", port),
		Fix:  []string{"set BULWARK_PORT to a free port, or leave it unset and a free one is taken"},
	}
}

// Admin is the emulator's administrative side.
func (e *Emulator) Admin() Admin { return Admin{Endpoint: e.Endpoint} }

// Stop ends an emulator that this process has started, and waits for its end.
func (e *Emulator) Stop() error {
	if e.attached != nil {
		_ = e.attached.Close()
	}
	if e.exited == nil {
		return e.stopProcess()
	}
	_ = terminate(e.PID)
	select {
	case <-e.exited:
	case <-time.After(stopTimeout):
		_ = kill(e.PID)
		<-e.exited
	}
	return nil
}

// runs reports whether the emulator's process still runs. A process id may have gone to another program since it was
// recorded, or to the emulator of another checkout.
func (e *Emulator) runs() bool {
	if !strings.Contains(commandLineOf(e.PID), "bulwark_emulator") {
		return false
	}
	return e.Begun == "" || process{PID: e.PID, Begun: e.Begun}.runs()
}

// stopProcess ends an emulator that an earlier process has started. One that is gone already is no error.
func (e *Emulator) stopProcess() error {
	if !e.runs() {
		return nil
	}
	if err := terminate(e.PID); err != nil {
		return err
	}
	for begin := time.Now(); e.runs(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begin) > stopTimeout {
			return kill(e.PID)
		}
	}
	return nil
}

// readRecord returns the recorded emulator, or nil when there is none.
func readRecord(path string) *Emulator {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var e Emulator
	if json.Unmarshal(raw, &e) != nil || e.Endpoint == "" {
		return nil
	}
	return &e
}

func writeRecord(path string, e *Emulator) error {
	raw, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(path, append(raw, '\n'))
}

// writeFile replaces a file as a whole: a reader sees the old text or the new one.
func writeFile(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	if _, err := part.Write(text); err != nil {
		_ = part.Close()
		return err
	}
	if err := part.Close(); err != nil {
		return err
	}
	if err := os.Chmod(part.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

// liveEmulator returns the recorded emulator if it still runs: it answers, and the recorded process is an emulator.
// Its instance is the present one, which a reset changes.
func liveEmulator(ctx context.Context, record string) *Emulator {
	e := readRecord(record)
	if e == nil || !e.runs() {
		return nil
	}
	health, err := e.Admin().Health(ctx)
	if err != nil {
		return nil
	}
	e.Instance = health.Instance
	return e
}
