package service

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

// deployed remembers in the state what was deployed with success. The state of the service itself says what ECS was
// asked for: after a deployment that ECS rolled back, nothing would differ in the next run, and up would succeed. This
// value is written only after the deployment has been followed to a good end, so that until then every preview shows
// the difference, and every up deploys again, or fails.
func (b *webServiceBuilder) deployed() error {
	if b.rollouts == nil || b.rollouts.anyTask {
		return nil
	}
	hook, err := b.Ctx.RegisterResourceHook(b.rollouts.name+"::deployed", b.rollouts.deployed, nil)
	if err != nil {
		return err
	}
	hooks := []*pulumi.ResourceHook{hook}
	_, err = pulumi.NewStash(b.Ctx, b.Name+"-deployed", &pulumi.StashArgs{Input: pulumi.Map{
		"cluster":          b.place.clusterArn,
		"name":             b.out.ServiceName,
		"taskDefinition":   b.out.TaskDefinitionArn,
		"subnetIds":        b.place.subnetIds,
		"securityGroupIds": b.place.securityGroupIds,
	}}, b.Child(pulumi.DependsOn([]pulumi.Resource{b.out.Service}),
		pulumi.ResourceHooks(&pulumi.ResourceHookBinding{BeforeCreate: hooks, BeforeUpdate: hooks}))...)
	return err
}

// deployed lets the value be written if the deployment of this run was successful. Without one, the service was
// deployed in an earlier run that failed.
func (f *rolloutFollower) deployed(args *pulumi.ResourceHookArgs) error {
	if f.followed {
		if f.failed {
			return errors.New("what the program describes is not deployed, as the error of the service says; " +
				"the next up tries again")
		}
		return nil
	}
	var in resource.PropertyMap
	if input := args.NewInputs["input"]; input.IsObject() {
		in = input.ObjectValue()
	}
	ctx := context.Background() // Ensure ends by itself, when the time is up.
	request := f.request(in)
	clients, err := f.clients(ctx, request)
	if err != nil {
		return err
	}
	_, err = rollout.Ensure(ctx, clients, request)
	return err
}
