package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// wanted tells whether a file of the module takes part in the build: sources without tests, and what they embed.
func wanted(path string) bool {
	name := filepath.Base(path)
	switch filepath.Ext(name) {
	case ".go":
		return !strings.HasSuffix(name, "_test.go")
	case ".json", ".mod", ".sum":
		return true
	}
	return false
}

// skipped names the folders that are no sources, or that the build itself fills.
func skipped(name string) bool {
	return name == "vendor" || name == "generated" || name == "testdata" || strings.HasPrefix(name, ".")
}

// mirror makes the copy equal to the module's files. It leaves equal files alone and never touches skipped folders.
func mirror(source, copied string) error {
	files := map[string]bool{}
	err := filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != source && skipped(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !wanted(path) {
			return nil
		}
		relative, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		files[relative] = true
		return copyIfDifferent(path, filepath.Join(copied, relative))
	})
	if err != nil {
		return err
	}
	return filepath.WalkDir(copied, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != copied && skipped(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		relative, err := filepath.Rel(copied, path)
		if err != nil || files[relative] {
			return err
		}
		return os.Remove(path)
	})
}

func copyIfDifferent(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if existing, err := os.ReadFile(to); err == nil && bytes.Equal(existing, content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o644)
}

// vendorKey changes when the vendored packages do: with the required versions, and with what the module imports.
func vendorKey(module string) (string, error) {
	imports := map[string]bool{}
	hash := sha256.New()
	err := filepath.WalkDir(module, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if skipped(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(path) {
		case ".go":
			parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, spec := range parsed.Imports {
				imports[spec.Path.Value] = true
			}
		case ".mod", ".sum":
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			hash.Write(content)
		}
		return nil
	})
	sorted := make([]string, 0, len(imports))
	for path := range imports {
		sorted = append(sorted, path)
	}
	sort.Strings(sorted)
	fmt.Fprint(hash, sorted)
	return hex.EncodeToString(hash.Sum(nil)), err
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// replace copies a file and puts it in place in one move, so that nobody ever finds half of it.
func replace(from, to string, mode fs.FileMode) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	partial, err := os.CreateTemp(filepath.Dir(to), "."+filepath.Base(to)+"-*")
	if err != nil {
		return err
	}
	_, err = io.Copy(partial, source)
	if closeErr := partial.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(partial.Name(), mode)
	}
	if err == nil {
		err = os.Rename(partial.Name(), to)
	}
	if err != nil {
		_ = os.Remove(partial.Name()) // the first error says why
		return fmt.Errorf("%s cannot be written: %w", to, err)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
