package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// holder is who has a lock; written into the lock file so that whoever has to wait can be told.
type holder struct {
	PID     int       `json:"pid"`
	What    string    `json:"what"`
	Started time.Time `json:"started"`
}

// heldLock is a lock that this process has.
type heldLock struct{ file *os.File }

// Release gives the lock up.
func (l *heldLock) Release() {
	_ = l.file.Truncate(0)
	_ = l.file.Close()
}

// takeLock takes the lock of a file, or returns nil and who has it.
func takeLock(path, what string, now time.Time) (*heldLock, holder, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, holder{}, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, holder{}, err
	}
	ok, err := tryLock(f)
	if err != nil || !ok {
		other := readHolder(f)
		_ = f.Close()
		return nil, other, err
	}
	raw, err := json.Marshal(holder{PID: os.Getpid(), What: what, Started: now})
	if err == nil {
		if err = f.Truncate(0); err == nil {
			_, err = f.WriteAt(raw, 0)
		}
	}
	if err != nil {
		_ = f.Close()
		return nil, holder{}, fmt.Errorf("write %s: %w", path, err)
	}
	return &heldLock{file: f}, holder{}, nil
}

// readHolder returns the zero holder for a file that is being written: the lock says who may, the text is a courtesy.
func readHolder(f *os.File) holder {
	var h holder
	raw := make([]byte, 4096)
	n, _ := f.ReadAt(raw, 0)
	if json.Unmarshal(raw[:n], &h) != nil {
		return holder{}
	}
	return h
}

// waitLock takes the lock, waiting for whoever has it; detail is told once a second whom it waits for.
func waitLock(ctx context.Context, path, what string, detail func(string)) (*heldLock, error) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		lock, other, err := takeLock(path, what, time.Now())
		if err != nil || lock != nil {
			return lock, err
		}
		detail(fmt.Sprintf("waiting for process %d, which is at the same (%s)", other.PID, other.What))
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}
