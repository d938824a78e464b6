package service

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// taskRole makes the role of the application from its grants, unless one is given.
func (b *taskBuilder) taskRole() (err error) {
	if b.task.TaskRoleArn != nil {
		b.out.taskRoleArn = b.roleArn("task.taskRoleArn", b.task.TaskRoleArn)
		return nil
	}
	b.out.taskRole, err = identity.NewTaskRole(b.Ctx, b.Name, &identity.TaskRoleArgs{
		Labels: b.labels, Grants: b.grants, PermissionsBoundaryArn: b.task.PermissionsBoundaryArn,
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.taskRoleArn = b.out.taskRole.RoleArn
	if b.out.taskRole.Policy != nil {
		b.out.policies = append(b.out.policies, b.out.taskRole.Policy)
	}
	return nil
}

// executionRole makes the role with which Fargate starts the task: it can pull the images of the containers, read their
// secrets and write into their log group, and nothing else.
func (b *taskBuilder) executionRole() (err error) {
	if b.task.ExecutionRoleArn != nil {
		b.out.executionRoleArn = b.roleArn("task.executionRoleArn", b.task.ExecutionRoleArn)
		return nil
	}
	args := &identity.ExecutionRoleArgs{
		Labels: b.labels, LogGroupArns: pulumi.StringArray{b.out.logs.Arn},
		LogKeyArns: pulumi.StringArray{b.out.logs.KeyArn}, RepositoryArns: b.repositories(),
		RegistryAccountIds: b.task.RegistryAccountIds, PermissionsBoundaryArn: b.task.PermissionsBoundaryArn,
	}
	if b.task.secrets() > 0 {
		args.SecretArns, args.ParameterArns = b.references("secretsmanager"), b.references("ssm")
		args.KeyArns = b.task.SecretKeyArns
	}
	b.out.executionRole, err = identity.NewExecutionRole(b.Ctx, b.Name, args, b.Parent)
	if err != nil {
		return err
	}
	b.out.executionRoleArn = b.out.executionRole.RoleArn
	if b.out.executionRole.Policy != nil {
		b.out.policies = append(b.out.policies, b.out.executionRole.Policy)
	}
	return nil
}

func (b *taskBuilder) roleArn(path validate.Path, arn pulumi.StringInput) pulumi.StringOutput {
	return b.Checked(arn, func(text string, _ account.Info) validate.Problems { return validate.TaskRoleARN(path, text) })
}

// repositories are the ECR repositories that the images come from; images from elsewhere need no rights.
func (b *taskBuilder) repositories() pulumi.StringArrayOutput {
	known := []any{b.Location()}
	for _, c := range b.all() {
		known = append(known, c.Image)
	}
	return pulumi.All(known...).ApplyT(func(values []any) []string {
		var arns []string
		for _, image := range values[1:] {
			arn := validate.ECRRepository(image.(string), values[0].(account.Info).Partition)
			if arn != "" && !slices.Contains(arns, arn) {
				arns = append(arns, arn)
			}
		}
		return arns
	}).(pulumi.StringArrayOutput)
}

// references are the ARNs of the secrets of one service that the containers read, each once and without its suffix.
func (b *taskBuilder) references(service string) pulumi.StringArrayOutput {
	var known []any
	for _, c := range b.all() {
		for _, secret := range c.Secrets {
			known = append(known, secret.ValueFrom)
		}
	}
	return pulumi.All(known...).ApplyT(func(values []any) []string {
		var arns []string
		for _, value := range values {
			arn, _ := validate.ParseARN(value.(string))
			if arn.Service != service {
				continue
			}
			if text := bare(arn); !slices.Contains(arns, text) {
				arns = append(arns, text)
			}
		}
		return arns
	}).(pulumi.StringArrayOutput)
}

// bare is the ARN of a secret without its suffix, or of a parameter.
func bare(arn validate.ARN) string {
	if arn.Service == "secretsmanager" {
		return validate.BareSecretARN(arn.String())
	}
	return arn.String()
}
