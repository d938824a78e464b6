//go:build linux || darwin

package sandbox

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// ownProcessGroup starts a command in a process group of its own, and ends the whole group when its context does.
func ownProcessGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
}

// interruptible starts a command in a session of its own, and interrupts it alone when its context ends: what it has
// started it ends itself.
func interruptible(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
}

// detached starts a command in a session of its own: it outlives the terminal, make, and a Ctrl-C meant for them.
func detached(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

func diskOf(dir string) (uint64, uint64, error) {
	dir = existingParent(dir)
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0, 0, err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return 0, 0, err
	}
	var device uint64
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		device = uint64(st.Dev) //nolint:unconvert // On macOS it is an int32.
	}
	return fs.Bavail * uint64(fs.Bsize), device, nil
}

func commandLineOf(pid int) string {
	if pid <= 0 || syscall.Kill(pid, 0) == syscall.ESRCH {
		return ""
	}
	if raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline"); err == nil {
		return string(bytes.TrimSpace(bytes.ReplaceAll(raw, []byte{0}, []byte{' '})))
	}
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// begun is when a process began: on Linux the boot, and the clock tick since; elsewhere the time to the second. It is empty
// for a process that has ended, also for one whose parent has not asked for its exit status.
func begun(pid int) string {
	if pid <= 0 {
		return ""
	}
	if boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id"); err == nil {
		raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil {
			return ""
		}
		// The second field is the program's name in brackets, and may hold anything; the third is the state, the 22nd the
		// start. proc_pid_stat(5).
		const state, started = 0, 22 - 3
		fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
		if len(fields) <= started || fields[state] == "Z" || fields[state] == "X" {
			return ""
		}
		return string(bytes.TrimSpace(boot)) + " " + fields[started]
	}
	out, err := exec.Command("ps", "-o", "stat=,lstart=", "-p", strconv.Itoa(pid)).Output()
	state, started, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if err != nil || strings.HasPrefix(state, "Z") {
		return ""
	}
	return strings.TrimSpace(started)
}

// processes are the ids of all processes.
func processes() []int {
	var names []string
	if entries, err := os.ReadDir("/proc"); err == nil {
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
	} else if out, err := exec.Command("ps", "-axo", "pid=").Output(); err == nil {
		names = strings.Fields(string(out))
	}
	var list []int
	for _, name := range names {
		if pid, err := strconv.Atoi(name); err == nil {
			list = append(list, pid)
		}
	}
	return list
}

// sessionOf is the id of a process's session, 0 when there is no such process.
func sessionOf(pid int) int {
	session, err := unix.Getsid(pid)
	if err != nil {
		return 0
	}
	return session
}

func terminate(pid int) error { return syscall.Kill(pid, syscall.SIGTERM) }

func kill(pid int) error { return syscall.Kill(pid, syscall.SIGKILL) }

// tryLock takes an exclusive lock without waiting; false means that another process has it. The kernel drops the lock
// with the process, so none is ever left behind.
func tryLock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}
