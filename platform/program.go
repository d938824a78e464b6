package platform

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
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
	return s.deploy()
}

func (s *stack) deploy() error {
	if err := s.checkAccount(); err != nil {
		return err
	}
	for _, part := range []func() error{s.makeStorage, s.makeNetwork, s.makeLoadBalancer, s.makeService, s.makeAudit} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// checkAccount keeps a stack out of every account but its own: credentials are of the account that somebody used last.
func (s *stack) checkAccount() error {
	want := s.config.AccountID
	if want == "" {
		return nil
	}
	in, err := aws.GetCallerIdentity(s.ctx, &aws.GetCallerIdentityArgs{})
	if err != nil {
		return err
	}
	var ps validate.Problems
	if in.AccountId != want {
		ps.Add(validate.Conflict(at("accountId"), want, "the account of the credentials, which is "+in.AccountId,
			"use credentials of the stack's account").By("config-account"))
	}
	return ps.Err("Pulumi."+s.ctx.Stack()+".yaml", "")
}
