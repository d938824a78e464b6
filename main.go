// Command bulwark is the Pulumi program of one stack: `pulumi up` runs it.
// Everything it creates is decided in package platform.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/platform"
)

func main() {
	pulumi.Run(platform.Program)
}
