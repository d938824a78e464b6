package service_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// TestFoundOutLate is about values that the program does not know when it makes the service.
func TestFoundOutLate(t *testing.T) {
	late := func(text string) pulumi.StringOutput { return pulumi.String(text).ToStringOutput() }
	for want, change := range map[string]func(*webArgs){
		`task.container.image: "acme/api:1": expected an image by its digest`: func(a *webArgs) {
			a.Task.Container.Image = late("acme/api:1")
		},
		`placement.clusterArn: "acme": expected the ARN of an ECS cluster`: func(a *webArgs) {
			a.Placement.ClusterArn = late("acme")
		},
		`expected one in eu-west-1, the region of the tasks`: func(a *webArgs) {
			a.Placement.ClusterArn = late("arn:aws:ecs:us-east-1:123456789012:cluster/acme")
		},
		`targetGroupArn: "app": expected the ARN of a target group`: func(a *webArgs) { a.TargetGroupArn = late("app") },
		`task.container.secrets[0].valueFrom: a text of 5 characters (not shown): expected the ARN of a secret`: func(a *webArgs) {
			a.Task.Container.Secrets = []service.Secret{{Name: "DB", ValueFrom: late("horse")}}
		},
		`task.container.environment["DB_PASSWORD"]: a text of 5 characters (not shown: it may be a secret by its name)`: func(a *webArgs) {
			a.Task.Container.Environment = variables{"DB_PASSWORD": late("horse")}
		},
		`task.container.environment["LEVEL"]: a value that the program marks as a secret`: func(a *webArgs) {
			a.Task.Container.Environment = variables{"LEVEL": pulumi.ToSecret(pulumi.String("horse")).(pulumi.StringOutput)}
		},
		`bytes of container definitions": expected at most 65536`: func(a *webArgs) {
			a.Task.Container.Environment = variables{"TEXT": late(strings.Repeat("long ", 20000))}
		},
		`task.taskRoleArn: "app": expected the ARN of an IAM role`: func(a *webArgs) { a.Task.TaskRoleArn = late("app") },
	} {
		_, err := componenttest.Update(web(change))
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "horse")
	}
}

func TestGrantsMakeTheTaskRole(t *testing.T) {
	r := componenttest.Run(t, func(ctx *pulumi.Context) error {
		bucket, err := storage.NewBucket(ctx, "audio", &storage.BucketArgs{Labels: labels, AccessLogs: toggle.Disabled})
		if err != nil {
			return err
		}
		return web(func(a *webArgs) { a.Grants = []identity.Grant{bucket.ReadWrite("uploads/")} })(ctx)
	})
	var policies []string
	for _, policy := range r.Find("aws:iam/rolePolicy:RolePolicy") {
		policies = append(policies, policy.Input("policy").(string))
	}
	require.Len(t, policies, 2)
	all := strings.Join(policies, "\n")
	assert.Contains(t, all, "/uploads/*")
	assert.Contains(t, all, "repository/acme/api")
	assert.NotContains(t, all, "secretsmanager", "no secret, no right to read one")
}

func TestWhoReachesTheTasks(t *testing.T) {
	r := componenttest.Run(t, behind(func(*webArgs) {}))
	var descriptions []string
	for _, rule := range r.Find("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
		descriptions = append(descriptions, rule.Input("description").(string))
	}
	assert.Equal(t, []string{"from edge to api, tcp 8080"}, descriptions, "nobody but the load balancer")
	for _, rule := range r.Find("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") {
		if strings.HasPrefix(rule.Name, "api-") {
			assert.InDelta(t, 443, rule.Input("toPort"), 0, rule.Name)
		}
	}
}
