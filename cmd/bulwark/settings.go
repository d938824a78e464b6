package main

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/platform"
)

// checkSettings has the program read a stack's settings without an engine, so that whatever is wrong with them is told
// at once, and before minutes go into building tools.
func checkSettings(project, stack string, settings map[string]string) error {
	ctx, err := pulumi.NewContext(context.Background(), pulumi.RunInfo{Project: project, Stack: stack, Config: settings})
	if err != nil {
		return err
	}
	_, err = platform.LoadConfig(ctx)
	return errors.Join(err, ctx.Close())
}
