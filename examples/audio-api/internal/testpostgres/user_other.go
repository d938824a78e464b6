//go:build !linux

package testpostgres

import (
	"os"
	"path/filepath"
)

func cacheFolder() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "bulwark", "postgres"), err
}

func giveAway(...string) error { return nil }

func unprivileged(do func() error) error { return do() }
