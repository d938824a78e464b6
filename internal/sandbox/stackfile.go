package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gopkg.in/yaml.v3"
)

// Project is what the sandbox reads of Pulumi.yaml and Pulumi.<stack>.yaml.
type Project struct {
	Name string
	// Region is aws:region of the stack; empty when it is not set, which the program reports with its other settings.
	Region string
	// Permanent is whether bulwark:lifecycle protects the stack: what the stack says, else the project's default.
	Permanent bool

	project, stack yaml.Node
	stackName      string
	// file is the path of the user's stack file.
	file string
	// passphrase of the user's own encrypted settings, if there are any.
	passphrase string
}

// lifecyclePermanent and lifecycleKey are the setting that protects a stack.
const (
	lifecycleKey        = "bulwark:lifecycle"
	lifecyclePermanent  = "permanent"
	lifecycleDisposable = "disposable"
)

// readProject reads a stack's files. They are only ever read: the engine works on copies.
func readProject(c Checkout, stack string) (*Project, error) {
	p := &Project{stackName: stack, file: filepath.Join(c.Root, "Pulumi."+stack+".yaml")}
	if err := readYAML(filepath.Join(c.Root, "Pulumi.yaml"), &p.project); err != nil {
		return nil, err
	}
	if err := readYAML(p.file, &p.stack); err != nil {
		return nil, err
	}
	if p.Name = scalar(mapValue(&p.project, "name")); p.Name == "" {
		return nil, &Problem{Kind: KindUsage, What: filepath.Join(c.Root, "Pulumi.yaml") + " has no name", Fix: []string{"add: name: bulwark"}}
	}
	config := mapValue(&p.stack, "config")
	p.Region = scalar(mapValue(config, "aws:region"))
	lifecycle := scalar(mapValue(config, lifecycleKey))
	if lifecycle == "" {
		declared := mapValue(mapValue(&p.project, "config"), "lifecycle")
		lifecycle = scalar(mapValue(declared, "default"))
	}
	// Anything but the one word that gives protection up counts as permanent.
	p.Permanent = lifecycle != lifecycleDisposable
	return p, nil
}

// writeCopies puts the project and stack file into the engine's work folder, with the settings that only the sandbox
// needs. The engine writes its salt into the stack file; it is carried over.
func (p *Project) writeCopies(dir string) error {
	project := deepCopy(&p.project)
	// Where the state lives and where stack files lie is the sandbox's to say.
	removeKey(project, "backend")
	removeKey(project, "stackConfigDir")
	if err := writeYAML(filepath.Join(dir, "Pulumi.yaml"), project); err != nil {
		return err
	}
	stack := deepCopy(&p.stack)
	config := mapValue(stack, "config")
	if config == nil {
		config = &yaml.Node{Kind: yaml.MappingNode}
		setKey(stack, "config", config)
	}
	if mapValue(config, "aws:s3UsePathStyle") == nil {
		setKey(config, "aws:s3UsePathStyle", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "true", Style: yaml.DoubleQuotedStyle})
	}
	target := filepath.Join(dir, "Pulumi."+p.stackName+".yaml")
	if p.passphrase == "" {
		for _, key := range []string{"encryptionsalt", "secretsprovider", "encryptedkey"} {
			removeKey(stack, key)
		}
		var before yaml.Node
		if err := readYAML(target, &before); err == nil {
			if salt := mapValue(&before, "encryptionsalt"); salt != nil {
				setKey(stack, "encryptionsalt", salt)
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return writeYAML(target, stack)
}

func readYAML(path string, into *yaml.Node) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var doc yaml.Node
	err = yaml.Unmarshal(raw, &doc)
	if err == nil {
		// A node does not mind what the engine refuses: a key that stands there twice.
		var whole any
		err = doc.Decode(&whole)
	}
	if err != nil {
		return &Problem{Kind: KindUsage, Err: err, What: fmt.Sprintf("%s is not valid YAML: %v", path, err), Fix: []string{"correct the file"}}
	}
	if len(doc.Content) == 0 { // an empty file
		*into = yaml.Node{Kind: yaml.MappingNode}
		return nil
	}
	*into = *doc.Content[0]
	if into.Kind != yaml.MappingNode {
		return &Problem{Kind: KindUsage, What: path + " holds no settings: key: value lines are expected", Fix: []string{"correct the file"}}
	}
	return nil
}

func writeYAML(path string, node *yaml.Node) error {
	raw, err := yaml.Marshal(node)
	if err != nil {
		return err
	}
	return writeFile(path, raw)
}

// mapValue returns the value of a key, or nil; it accepts nil, so that look-ups can be chained.
func mapValue(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}

// keys are the names in a mapping, in the order of the file.
func keys(node *yaml.Node) []string {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	var names []string
	for i := 0; i+1 < len(node.Content); i += 2 {
		names = append(names, node.Content[i].Value)
	}
	return names
}

func scalar(node *yaml.Node) string {
	if node == nil || node.Kind != yaml.ScalarNode || node.Tag == "!!null" {
		return ""
	}
	return node.Value
}

func setKey(node *yaml.Node, key string, value *yaml.Node) {
	removeKey(node, key)
	node.Content = append(node.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, value)
}

func removeKey(node *yaml.Node, key string) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			node.Content = append(node.Content[:i:i], node.Content[i+2:]...)
			return
		}
	}
}

func deepCopy(node *yaml.Node) *yaml.Node {
	if node == nil {
		return nil
	}
	n := *node
	n.Content = nil
	for _, child := range node.Content {
		n.Content = append(n.Content, deepCopy(child))
	}
	return &n
}
