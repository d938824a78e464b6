//go:build sandbox

package platform

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/waf"
)

// edition is a stack in one state of its life. The zero value is the stack as its file stands.
type edition struct {
	// settings changes what a team changes in the stack's file.
	settings func(*Config)
	// next changes what another version of Bulwark may change: policies, descriptions, periods.
	next bool
}

// editions are the updates of a stack, one after the other. A permanent stack is made disposable before it is taken down.
func editions() []edition {
	return []edition{
		{settings: tagged},
		{settings: changed},
		{settings: moved, next: true},
		{},
		{settings: func(c *Config) { c.Lifecycle = lifecycle.Disposable }},
	}
}

func (e edition) deploy(ctx *pulumi.Context) error {
	c, err := LoadConfig(ctx)
	if err != nil {
		return err
	}
	if e.settings != nil {
		e.settings(c)
	}
	if e.next {
		if err := ctx.RegisterStackTransformation(nextVersion); err != nil {
			return err
		}
	}
	return Deploy(ctx, c)
}

// tagged changes one tag, and adds one.
func tagged(c *Config) {
	c.Labels.CostCenter += "-moved"
	c.Labels.Extra = map[string]string{"Reviewed": "yes"}
}

// changed changes each setting that updates a resource in place.
func changed(c *Config) {
	c.LogRetentionDays += 30
	c.Audio.NoncurrentDays += 30
	c.Audio.InfrequentAfterDays += 30
	c.Audio.Origins = append(slices.Clone(c.Audio.Origins), "https://beta.acme.example")
	c.Edge.HealthPath = "/ready"
	c.Edge.WafMode = waf.ModeCount
	c.Edge.UploadPaths = []string{"/recordings/", "/imports/"}
	c.RetiredAccessKeys = []string{"AKIAIOSFODNN7EXAMPLE"}
}

// moved changes a setting that replaces resources.
func moved(c *Config) { c.Edge.ServicePort++ }

// nextVersion changes what no setting does.
func nextVersion(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
	switch props := args.Props.(type) {
	case *kms.KeyArgs:
		props.Description = pulumi.String("another description")
		props.Policy = renamed(props.Policy)
	case *iam.RoleArgs:
		props.Description = pulumi.String("another description")
		props.AssumeRolePolicy = renamed(pulumi.ToOutput(props.AssumeRolePolicy).ApplyT(func(v any) string { return v.(string) }).(pulumi.StringOutput))
	case *s3.BucketPolicyArgs:
		props.Policy = renamed(pulumi.ToOutput(props.Policy).ApplyT(func(v any) string { return v.(string) }).(pulumi.StringOutput))
	case *cloudwatch.LogGroupArgs:
		props.RetentionInDays = pulumi.Int(731)
	case *cloudtrail.TrailArgs:
		props.EnableLogFileValidation = pulumi.Bool(false)
	default:
		// The class of endpoints is dear to compile: its policy is found by its name.
		if args.Type != "aws:ec2/vpcEndpoint:VpcEndpoint" {
			return nil
		}
		field := reflect.ValueOf(props).Elem().FieldByName("Policy")
		if policy, ok := field.Interface().(pulumi.StringPtrInput); ok {
			field.Set(reflect.ValueOf(renamed(policy)))
		}
	}
	return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: args.Opts}
}

// renamed is a policy document with another Id: a change without a meaning.
func renamed(policy pulumi.StringPtrInput) pulumi.StringOutput {
	return policy.ToStringPtrOutput().Elem().ApplyT(func(text string) (string, error) {
		var document map[string]any
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			return "", err
		}
		document["Id"] = "next"
		raw, err := json.Marshal(document)
		return string(raw), err
	}).(pulumi.StringOutput)
}
