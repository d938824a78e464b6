package ecs

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

// containers are the container definitions of a task definition.
func containers(task *rule.Resource) rule.Value { return task.Get("containerDefinitions").JSON() }

// field follows names from a container definition. Like the provider it takes them in any capitalization: definitions
// that come from CloudFormation have Image where ECS says image.
func field(v rule.Value, names ...string) rule.Value {
	for _, name := range names {
		next := v.Get(name)
		for key, other := range v.Entries() {
			if !next.Exists() && strings.EqualFold(key, name) {
				next = other
			}
		}
		v = next
	}
	return v
}

// onWindows tells whether a task runs on Windows.
func onWindows(task *rule.Resource) bool {
	return strings.HasPrefix(strings.ToUpper(task.Get("runtimePlatform.operatingSystemFamily").Text()), "WINDOWS")
}

// isRoot tells whether a container's user is root: by name, by number, or because none is given and the image decides.
// The user comes alone or with a group: app, 1000, root:app, 0:0.
func isRoot(user string) bool {
	name, _, _ := strings.Cut(user, ":")
	return name == "root" || strings.Trim(name, "0") == ""
}
