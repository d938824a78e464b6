// Command pulumi-resource-bulwark is the plugin of the Pulumi package "bulwark". The engine starts it; `pulumi package
// add` takes its path.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/bulwark-iac/bulwark/provider"
)

func main() {
	if err := provider.Run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-bulwark:", err)
		os.Exit(1)
	}
}
