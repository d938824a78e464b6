package testpostgres

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// nobody is the user of that name, on every Linux.
const nobody = 65534

// PostgreSQL refuses to run as root, which is who builds in containers. There, what it needs belongs to nobody, and so
// does the thread that starts it; the rest of the process stays as it is.

// cacheFolder is where PostgreSQL is kept; root's own cache folder is closed to nobody.
func cacheFolder() (string, error) {
	if os.Getuid() != 0 {
		dir, err := os.UserCacheDir()
		return filepath.Join(dir, "bulwark", "postgres"), err
	}
	const dir = "/var/cache/bulwark-postgres"
	return dir, os.MkdirAll(dir, 0o755)
}

func giveAway(paths ...string) error {
	if os.Getuid() != 0 {
		return nil
	}
	var problems []error
	for _, path := range paths {
		problems = append(problems, os.Chown(path, nobody, nobody))
	}
	return errors.Join(problems...)
}

// unprivileged calls do on a thread that belongs to nobody, if this process is root's.
func unprivileged(do func() error) error {
	if os.Getuid() != 0 {
		return do()
	}
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with this goroutine, and nobody else gets it
		if err := dropRights(); err != nil {
			done <- err
			return
		}
		done <- do()
	}()
	return <-done
}

// dropRights asks the kernel itself: package syscall's functions change every thread.
func dropRights() error {
	for _, call := range [][4]uintptr{
		{syscall.SYS_SETGROUPS},
		{syscall.SYS_SETRESGID, nobody, nobody, nobody},
		{syscall.SYS_SETRESUID, nobody, nobody, nobody},
	} {
		if _, _, errno := syscall.RawSyscall(call[0], call[1], call[2], call[3]); errno != 0 {
			return errno
		}
	}
	return nil
}
