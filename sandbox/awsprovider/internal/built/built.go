//go:build sandbox

// Package built leads tests to a provider that has been built.
package built

import (
	"os"
	"path/filepath"
	"testing"
)

// Variable names the environment variable with the output folder of the build.
const Variable = "BULWARK_AWS_PROVIDER"

// File is a file of the build. A test that needs one fails if there is no build.
func File(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv(Variable)
	if dir == "" {
		t.Fatalf("%s is not set: build the provider (go run ./cmd/build -o <folder>) and name its folder there", Variable)
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%s names a folder without a built provider: %v", Variable, err)
	}
	return path
}
