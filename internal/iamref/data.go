package iamref

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed reference.zip
var embedded []byte

// archive has a file for each service, so that only those are read that somebody asks about.
var archive = sync.OnceValue(func() *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(embedded), int64(len(embedded)))
	if err != nil {
		panic("iamref: the embedded data: " + err.Error())
	}
	return r
})

// read decodes a file of the archive. The data is part of the program: what is wrong with it is a bug.
func read(name string, target any) {
	file, err := archive().Open(name)
	if err == nil {
		defer func() { _ = file.Close() }()
		err = json.NewDecoder(file).Decode(target)
	}
	if err != nil {
		panic(fmt.Sprintf("iamref: the embedded data: %s: %v", name, err))
	}
}

// Version names the npm package that the data was made from, with its version.
var Version = sync.OnceValue(func() string {
	var version string
	read("global/version.json", &version)
	return version
})

// Services are the prefixes of all actions, such as s3, in order.
var Services = sync.OnceValue(func() []string {
	var names []string
	for _, file := range archive().File {
		if name, ok := strings.CutSuffix(file.Name, ".json"); ok && path.Dir(name) == "." {
			names = append(names, name)
		}
	}
	return names
})

// globalKeys are the condition keys that do not belong to a service.
var globalKeys = sync.OnceValue(func() []*keyPattern {
	var names []string
	read("global/keys.json", &names)
	return keys{}.patterns(names)
})

// service is what AWS says about one prefix.
type service struct {
	actions []Action // by name
	lower   []string // their names in lower case, in the same order
	byName  map[string]*Action
	keys    []*keyPattern
}

// services holds a loader for each service.
var services = sync.OnceValue(func() map[string]func() *service {
	loaders := map[string]func() *service{}
	for _, name := range Services() {
		loaders[name] = sync.OnceValue(func() *service { return load(name) })
	}
	return loaders
})

// find returns a service by its prefix, whose case does not matter.
func find(prefix string) (*service, bool) {
	loader, ok := services()[strings.ToLower(prefix)]
	if !ok {
		return nil, false
	}
	return loader(), true
}

func load(name string) *service {
	var stored struct {
		Actions map[string]struct {
			Level Level
			Types []string
			Keys  []string
		}
		Types map[string]struct {
			ARN  string
			Keys []string
		}
		Keys []string
	}
	read(name+".json", &stored)

	shared := keys{}
	arns := make([]string, 0, len(stored.Types))
	for _, t := range stored.Types {
		arns = append(arns, t.ARN)
	}
	types := map[string]*ResourceType{}
	for key, t := range stored.Types {
		types[key] = &ResourceType{Name: key, ARN: t.ARN, form: compileARN(t.ARN, arns), keys: shared.patterns(t.Keys)}
	}
	s := &service{byName: map[string]*Action{}, keys: shared.patterns(stored.Keys)}
	for _, action := range slices.Sorted(maps.Keys(stored.Actions)) {
		read := stored.Actions[action]
		a := Action{Service: name, Name: action, Level: read.Level, keys: shared.patterns(read.Keys)}
		for _, t := range read.Types {
			a.Types = append(a.Types, types[t])
		}
		s.actions = append(s.actions, a)
	}
	for i := range s.actions {
		s.lower = append(s.lower, strings.ToLower(s.actions[i].Name))
		s.byName[s.lower[i]] = &s.actions[i]
	}
	return s
}
