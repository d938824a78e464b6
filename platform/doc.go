// Package platform is one stack: it reads the stack's configuration into a [Config], builds the components from it, and
// exports what others need.
//
// It is the only place that reads configuration and that decides which components a stack has; components take
// arguments. main.go runs [Program] under `pulumi up`, the sandbox runs it through the Automation API.
package platform
