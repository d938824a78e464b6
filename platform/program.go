package platform

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Program is the Pulumi program of one stack. It reports everything that is wrong with the configuration before it
// creates anything.
func Program(ctx *pulumi.Context) error {
	c, err := LoadConfig(ctx)
	if err != nil {
		return err
	}
	return Deploy(ctx, c)
}

// Deploy creates the stack's components and exports their outputs. What others are built on comes first.
func Deploy(ctx *pulumi.Context, c *Config) error {
	s := &stack{ctx: ctx, config: c}
	for _, part := range []func() error{s.makeStorage, s.makeNetwork, s.makeLoadBalancer, s.makeService, s.makeAudit} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}
