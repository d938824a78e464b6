package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// process is a running process, told from a later one with the same id by when it began.
type process struct {
	PID int `json:"pid"`
	// Begun is when, in the words of the kernel; only to be compared.
	Begun string `json:"begun"`
}

// processOf is the process with an id now; its Begun is empty when there is none, or only one that has ended.
func processOf(pid int) process { return process{PID: pid, Begun: begun(pid)} }

// runs reports whether this very process still runs.
func (p process) runs() bool { return p.Begun != "" && begun(p.PID) == p.Begun }

// The record of engines: those that a command has started and not seen the end of. Each leads a session of its own, in
// which everything is that it has started: the provider, the policy pack. Whoever starts an engine holds the checkout's
// lock, so nobody else writes the file.

func readEngines(path string) []process {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var list []process
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

func writeEngines(path string, list []process) error {
	if len(list) == 0 {
		return removeFile(path)
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return writeFile(path, append(raw, '\n'))
}

// noteEngine adds an engine to the record.
func noteEngine(path string, p process) error {
	return writeEngines(path, append(readEngines(path), p))
}

// forgetEngine takes an engine off the record.
func forgetEngine(path string, p process) error {
	return writeEngines(path, slices.DeleteFunc(readEngines(path), func(other process) bool { return other == p }))
}

// endSession ends what an engine has left running, and returns how many processes that were. The engine itself has
// ended: as long as there is one process in its session, the kernel gives the session's id to no other.
func endSession(leader int) int {
	ended := 0
	for _, pid := range processes() {
		if sessionOf(pid) == leader && pid != leader && enginesProcess(commandLineOf(pid)) && kill(pid) == nil {
			ended++
		}
	}
	return ended
}

// enginesProcess reports whether a command line is that of the engine or of one of its plugins.
func enginesProcess(line string) bool {
	program, _, _ := strings.Cut(line, " ")
	return strings.HasPrefix(filepath.Base(program), "pulumi")
}

// endLeftOvers ends what the engines of a command that was killed have left running. An engine that is still at work is
// left to itself: without its command it ends soon. The caller holds the checkout's lock.
func (s *Session) endLeftOvers() error {
	path := s.Checkout.engineRecord()
	list := readEngines(path)
	if len(list) == 0 {
		return nil
	}
	ended := 0
	var kept []process
	for _, p := range list {
		switch now := begun(p.PID); now {
		case p.Begun:
			kept = append(kept, p)
		case "":
			ended += endSession(p.PID)
		default: // The id is another program's by now, and so nothing of the engine's session is left.
		}
	}
	if ended > 0 {
		s.Report.Notef("an earlier run was killed and left %s behind: ended", count(ended, "process"))
	}
	return writeEngines(path, kept)
}

// endLeftOversUnlocked is endLeftOvers for a command that holds no lock: it does nothing while another is at work.
func (s *Session) endLeftOversUnlocked(what string) error {
	if len(readEngines(s.Checkout.engineRecord())) == 0 {
		return nil
	}
	lock, _, err := takeLock(s.Checkout.lockFile(), what, s.System.Now())
	if lock == nil {
		return err
	}
	defer lock.Release()
	return s.endLeftOvers()
}

// errNotRecorded is the cause when an engine or an emulator could not be recorded: what cannot be found again is not
// started.
var errNotRecorded = errors.New("not recorded")

func notRecorded(path string, err error) error {
	return &Problem{
		Kind: KindMissing, Err: errors.Join(errNotRecorded, err),
		What: fmt.Sprintf("cannot write %s: %v", path, err),
		Fix:  []string{"make the checkout writable"},
	}
}
