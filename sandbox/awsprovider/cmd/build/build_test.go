package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func put(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for path, content := range files {
		full := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMirror(t *testing.T) {
	source, copied := t.TempDir(), t.TempDir()
	put(t, source, map[string]string{
		"go.mod": "module m\n", "a/a.go": "package a\n", "a/a_test.go": "package a\n", "a/names.json": "{}",
		"a/testdata/x.go": "package x\n", "README": "no", "cmd/p/generated/README": "no", ".hidden/h.go": "package h\n",
	})
	put(t, copied, map[string]string{
		"a/a.go": "package a\n", "a/gone.go": "package a\n", "vendor/v/v.go": "package v\n", "cmd/p/generated/schema.json": "{}",
	})
	unchanged, err := os.Stat(filepath.Join(copied, "a/a.go"))
	if err != nil {
		t.Fatal(err)
	}
	if err := mirror(source, copied); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := filepath.WalkDir(copied, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			relative, _ := filepath.Rel(copied, path)
			got = append(got, relative)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{"a/a.go", "a/names.json", "cmd/p/generated/schema.json", "go.mod", "vendor/v/v.go"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if now, err := os.Stat(filepath.Join(copied, "a/a.go")); err != nil || now.ModTime() != unchanged.ModTime() {
		t.Errorf("an equal file was written again: %v", err)
	}
}

func TestVendorKey(t *testing.T) {
	key := func(files map[string]string) string {
		dir := t.TempDir()
		put(t, dir, files)
		key, err := vendorKey(dir)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	files := func(source string) map[string]string {
		return map[string]string{"go.mod": "module m\n", "a.go": source}
	}
	plain := key(files("package a\n\nimport \"fmt\"\n"))
	if key(files("package a\n\nimport \"fmt\"\n\nvar A = fmt.Sprint()\n")) != plain {
		t.Error("other code with the same imports needs no new vendoring")
	}
	if key(files("package a\n\nimport \"os\"\n")) == plain {
		t.Error("another import needs a new vendoring")
	}
	if key(map[string]string{"go.mod": "module n\n", "a.go": "package a\n\nimport \"fmt\"\n"}) == plain {
		t.Error("another go.mod needs a new vendoring")
	}
}

func TestEnoughDisk(t *testing.T) {
	free := map[string]uint64{"small": 1500 * megabyte, "large": 9000 * megabyte}
	space := func(path string) (string, uint64, error) {
		disk := strings.Split(strings.TrimPrefix(path, "/"), "/")[0]
		if free[disk] == 0 {
			return "", 0, errors.New("no such disk")
		}
		return disk, free[disk], nil
	}
	ask := func(folders ...folder) error { return enough(folders, space, func(path string) string { return path }) }
	if err := ask(folder{path: "/large/work", need: workSize}, folder{path: "/large/cache", need: cacheSize}); err != nil {
		t.Errorf("enough was refused: %v", err)
	}
	err := ask(
		folder{path: "/small/work", use: "intermediate files", remedy: "choose another with -work", need: workSize},
		folder{path: "/small/cache", use: "compiled packages", remedy: "go clean -cache", need: cacheSize},
		folder{path: "/large/modules", need: moduleSize},
	)
	if err == nil {
		t.Fatal("a full disk was accepted")
	}
	for _, want := range []string{"1500 MB are free", "3200 MB are needed", "/small/work", "-work", "/small/cache", "go clean -cache"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "/large") {
		t.Errorf("the error names a disk with room: %v", err)
	}
	if err := ask(folder{path: "/small/work", need: workSize, filled: true}, folder{path: "/small/cache", need: cacheSize, filled: true}); err != nil {
		t.Errorf("after an earlier build little is needed: %v", err)
	}
	if err := ask(folder{path: "/none/work"}); err == nil || !strings.Contains(err.Error(), "/none/work") {
		t.Errorf("an unreadable disk: %v", err)
	}
}

func TestFailuresShowTheReason(t *testing.T) {
	output := "github.com/a/b\ngithub.com/c/d\n# github.com/c/d\nd.go:3:2: undefined: x\n"
	if got := tail(failures([]byte(output))); got != "  # github.com/c/d\n  d.go:3:2: undefined: x" {
		t.Errorf("got %q", got)
	}
	if got := strings.Count(tail([]byte(strings.Repeat("a line\n", 100))), "\n"); got != 19 {
		t.Errorf("%d line ends of a long output", got)
	}
}

func TestGoCommandNamesTheLog(t *testing.T) {
	b := &builder{work: t.TempDir()}
	put(t, b.src(), map[string]string{"go.mod": "module m\n\ngo 1.26\n", "a.go": "package a\n\nvar A = undefinedName\n"})
	err := b.goCommand(t.Context(), "trial", "build", "./...")
	if err == nil {
		t.Fatal("a program that does not compile was built")
	}
	for _, want := range []string{"go build failed", filepath.Join(b.work, "logs", "trial.log"), "undefined: undefinedName"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}

func TestInside(t *testing.T) {
	for path, want := range map[string]bool{"/a/b": true, "/a/b/c": true, "/a/bc": false, "/a": false} {
		if inside("/a/b", path) != want {
			t.Errorf("%s in /a/b: want %t", path, want)
		}
	}
}

func TestReplaceIsOneMove(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"new": "new", "out/old": "old"})
	if err := replace(filepath.Join(dir, "new"), filepath.Join(dir, "out", "old"), 0o755); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "out", "old")); err != nil || string(content) != "new" {
		t.Errorf("content %q, %v", content, err)
	}
	if err := replace(filepath.Join(dir, "new"), filepath.Join(dir, "missing", "old"), 0o755); err == nil {
		t.Error("a folder that is not there was written to")
	}
}
