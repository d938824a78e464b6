package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkSettings reports everything that is wrong with the stack file, at once and before anything is built or started:
// settings that nobody reads, settings that cannot be decrypted, and what the program says of the others. check may be
// nil.
func (p *Project) checkSettings(s System, check func(project, stack string, settings map[string]string) error) error {
	problems := p.undeclared()
	if err := p.checkSecrets(s); err != nil {
		var secret *Problem
		if !errors.As(err, &secret) {
			return err
		}
		problems = append(problems, secret)
	}
	if settings, ok := p.settings(); ok && check != nil {
		if err := check(p.Name, p.stackName, settings); err != nil {
			problems = append(problems, &Problem{Kind: KindUsage, What: err.Error(), Err: err})
		}
	}
	return problems.asError()
}

// undeclared are the settings of the stack file that Pulumi.yaml does not declare: a typing error must not silently
// become a default. The engine accepts them, and does not show them to a program that runs in this process.
func (p *Project) undeclared() (problems Problems) {
	var names []string
	for _, key := range keys(mapValue(&p.project, "config")) {
		names = append(names, strings.TrimPrefix(key, p.Name+":"))
	}
	for _, key := range keys(mapValue(&p.stack, "config")) {
		name, ours := strings.CutPrefix(key, p.Name+":")
		if !ours || slices.Contains(names, name) {
			continue
		}
		fix := "remove it, or declare it in Pulumi.yaml"
		if near, ok := validate.Nearest(name, names); ok {
			fix = fmt.Sprintf("did you mean %s:%s?", p.Name, near)
		}
		problems = append(problems, &Problem{
			Kind: KindUsage, What: fmt.Sprintf("%s: there is no setting %s", p.file, key), Fix: []string{fix},
		})
	}
	return problems
}

// secure are the settings that the user has encrypted.
func (p *Project) secure() []string {
	config := mapValue(&p.stack, "config")
	var names []string
	for _, key := range keys(config) {
		if mapValue(mapValue(config, key), "secure") != nil {
			names = append(names, key)
		}
	}
	return names
}

// checkSecrets makes sure that settings which the user has encrypted can be read.
func (p *Project) checkSecrets(s System) error {
	secret := p.secure()
	if len(secret) == 0 {
		return nil
	}
	p.passphrase = s.env("PULUMI_CONFIG_PASSPHRASE")
	if name := s.env("PULUMI_CONFIG_PASSPHRASE_FILE"); name != "" && p.passphrase == "" {
		raw, err := os.ReadFile(name)
		if err != nil {
			return &Problem{
				Kind: KindUsage, Err: err,
				What: "PULUMI_CONFIG_PASSPHRASE_FILE cannot be read: " + err.Error(),
				Fix:  []string{"name the file with the passphrase, or set PULUMI_CONFIG_PASSPHRASE"},
			}
		}
		p.passphrase = strings.TrimSpace(string(raw))
	}
	if p.passphrase == "" || mapValue(&p.stack, "encryptionsalt") == nil {
		return &Problem{
			Kind: KindUsage,
			What: fmt.Sprintf("%s: %s is encrypted, and the sandbox cannot read it", p.file, strings.Join(secret, ", ")),
			Fix: []string{
				"with a passphrase provider: set PULUMI_CONFIG_PASSPHRASE",
				"else write a stack file for the sandbox with a plain value, for example Pulumi.sandbox.yaml, and use STACK=sandbox",
			},
		}
	}
	return nil
}

// settings are the declared settings of the stack and its region as the engine hands them to the program: under full
// names, with the defaults of Pulumi.yaml, lists and maps as JSON. ok is false when some are encrypted: only the engine
// can tell what those are.
func (p *Project) settings() (settings map[string]string, ok bool) {
	const region = "aws:region"
	settings = map[string]string{}
	config := mapValue(&p.stack, "config")
	if text, ok := settingText(mapValue(config, region)); ok {
		settings[region] = text
	}
	declared := mapValue(&p.project, "config")
	for _, name := range keys(declared) {
		key := p.Name + ":" + strings.TrimPrefix(name, p.Name+":")
		value := mapValue(config, key)
		if value == nil {
			value = mapValue(mapValue(declared, name), "default")
		}
		if text, ok := settingText(value); ok {
			settings[key] = text
		}
	}
	encrypted := func(key string) bool { return key == region || strings.HasPrefix(key, p.Name+":") }
	return settings, !slices.ContainsFunc(p.secure(), encrypted)
}

// settingText is a value the way the engine hands it over; ok is false for none.
func settingText(node *yaml.Node) (text string, ok bool) {
	switch {
	case node == nil || node.Tag == "!!null":
		return "", false
	case node.Kind == yaml.ScalarNode:
		return node.Value, true
	}
	var value any
	if node.Decode(&value) != nil {
		return "", false
	}
	raw, err := json.Marshal(value)
	return string(raw), err == nil
}
