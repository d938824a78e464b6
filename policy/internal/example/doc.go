// Package example builds the stacks of rule examples: it reads their Pulumi YAML notation and produces the resources as
// the engine would send them, in a preview, where references are not yet known, and in an update, where they are.
package example
