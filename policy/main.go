// Command policy is Bulwark's CrossGuard policy pack. The Pulumi engine starts it:
//
//	pulumi preview --policy-pack policy                 from this folder, compiled by pulumi
//	pulumi preview --policy-pack bin/pulumi-policy-bulwark   the binary that make policy builds
//
// docs/policy.md says how to configure it, docs/controls.md what it asks.
package main

import (
	"fmt"
	"os"

	"github.com/bulwark-iac/bulwark/policy/analyzer"
	"github.com/bulwark-iac/bulwark/policy/rules"
)

// pack is how the pack introduces itself; a test holds name and version against PulumiPolicy.yaml.
var pack = analyzer.Pack{
	Name:        "bulwark",
	DisplayName: "Bulwark",
	Version:     "0.1.0",
	Description: "The controls of Bulwark for AWS, checked on every preview and update",
	Repository:  "https://github.com/bulwark-iac/bulwark",
}

func main() {
	if err := analyzer.Serve(os.Stdout, analyzer.New(pack, rules.All())); err != nil {
		fmt.Fprintln(os.Stderr, "bulwark policy pack: "+err.Error())
		os.Exit(1)
	}
}
