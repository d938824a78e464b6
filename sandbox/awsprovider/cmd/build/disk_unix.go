//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// space returns an identification of the disk of a folder, and what a user can still write there, in bytes.
func space(path string) (disk string, free uint64, err error) {
	var stat syscall.Stat_t
	if err := syscall.Stat(path, &stat); err != nil {
		return "", 0, err
	}
	var system syscall.Statfs_t
	if err := syscall.Statfs(path, &system); err != nil {
		return "", 0, err
	}
	return fmt.Sprint(stat.Dev), uint64(system.Bavail) * uint64(system.Bsize), nil
}

// lock lets one build at a time into a work folder; the lock ends with the process, however it ends.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		fmt.Fprintln(os.Stderr, "      another build uses the work folder: waiting for it")
		for {
			err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
			if !errors.Is(err, syscall.EINTR) {
				break
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s cannot be locked: %w", path, err)
		}
	}
	return func() { _ = file.Close() }, nil
}
