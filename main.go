// This is the Pulumi program that `pulumi up` runs for one stack: what it creates is decided in package platform. The
// command line of the same name, which drives it in the sandbox, is cmd/bulwark.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/platform"
)

func main() {
	pulumi.Run(platform.Program)
}
