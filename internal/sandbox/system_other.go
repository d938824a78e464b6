//go:build !linux && !darwin

package sandbox

import (
	"errors"
	"os"
	"os/exec"
)

// errSystem is what the sandbox says where it cannot run.
var errSystem = errors.New("the sandbox needs Linux or macOS; on Windows use the Windows Subsystem for Linux")

func ownProcessGroup(*exec.Cmd)             {}
func interruptible(*exec.Cmd)               {}
func detached(*exec.Cmd)                    {}
func diskOf(string) (uint64, uint64, error) { return 0, 0, errSystem }
func commandLineOf(int) string              { return "" }
func begun(int) string                      { return "" }
func processes() []int                      { return nil }
func sessionOf(int) int                     { return 0 }
func terminate(int) error                   { return errSystem }
func kill(int) error                        { return errSystem }
func tryLock(*os.File) (bool, error)        { return false, errSystem }
