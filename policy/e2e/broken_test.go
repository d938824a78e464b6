//go:build sandbox

package e2e_test

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The secrets of the broken program. One is marked; the other is what the rules have to find, and not repeat.
const (
	markedSecret  = "marked-correct-horse-battery"
	literalSecret = "literal-correct-horse-battery"
)

// broken is a program as somebody in a hurry writes it: one part for each family of controls, on plain pulumi-aws.
type broken struct {
	ctx *pulumi.Context
	err error
}

func brokenProgram(ctx *pulumi.Context) error {
	b := &broken{ctx: ctx}
	policy := b.storage()
	subnets := b.network()
	role := b.access()
	b.edge(subnets)
	b.container(subnets, role)
	b.database()
	b.function(role)
	b.secrets()
	b.audit(policy)
	b.observability()
	b.backups()
	return b.err
}

// made keeps the first error.
func made[T any](b *broken, resource T, err error) T {
	if b.err == nil {
		b.err = err
	}
	return resource
}

const (
	bucketName = "acme-broken"
	anybody    = `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-broken/*"},
		{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":["s3:GetBucketAcl","s3:PutObject"],
		 "Resource":["arn:aws:s3:::acme-broken","arn:aws:s3:::acme-broken/*"]}]}`
)

func (b *broken) storage() *s3.BucketPolicy {
	bucket, err := s3.NewBucketV2(b.ctx, "bucket", &s3.BucketV2Args{Bucket: pulumi.String(bucketName), ForceDestroy: pulumi.Bool(true)})
	made(b, bucket, err)
	if b.err != nil {
		return nil
	}
	block, err := s3.NewBucketPublicAccessBlock(b.ctx, "block", &s3.BucketPublicAccessBlockArgs{
		Bucket: bucket.ID(), BlockPublicAcls: pulumi.Bool(true), BlockPublicPolicy: pulumi.Bool(false),
	})
	made(b, block, err)
	if b.err != nil {
		return nil
	}
	policy, err := s3.NewBucketPolicy(b.ctx, "policy", &s3.BucketPolicyArgs{Bucket: bucket.ID(), Policy: pulumi.String(anybody)},
		pulumi.DependsOn([]pulumi.Resource{block}))
	made(b, policy, err)
	return policy
}

// resource is one of the packages that take minutes to compile: its type and properties are written out.
func (b *broken) resource(token, name string, properties pulumi.Map) *pulumi.CustomResourceState {
	var r pulumi.CustomResourceState
	return made(b, &r, b.ctx.RegisterResource(token, name, properties, &r))
}

func (b *broken) network() pulumi.StringArray {
	vpc := b.resource("aws:ec2/vpc:Vpc", "vpc", pulumi.Map{"cidrBlock": pulumi.String("10.0.0.0/16")})
	b.resource("aws:ec2/securityGroup:SecurityGroup", "group", pulumi.Map{
		"vpcId": vpc.ID(),
		"ingress": pulumi.Array{pulumi.Map{
			"protocol": pulumi.String("tcp"), "fromPort": pulumi.Int(22), "toPort": pulumi.Int(22),
			"cidrBlocks": pulumi.StringArray{pulumi.String("0.0.0.0/0")},
		}},
	})
	var subnets pulumi.StringArray
	for i, zone := range []string{"a", "b"} {
		subnet := b.resource("aws:ec2/subnet:Subnet", "subnet-"+zone, pulumi.Map{
			"vpcId": vpc.ID(), "cidrBlock": pulumi.Sprintf("10.0.%d.0/24", i), "availabilityZone": pulumi.String("eu-west-1" + zone),
			"mapPublicIpOnLaunch": pulumi.Bool(true),
		})
		subnets = append(subnets, subnet.ID().ToStringOutput())
	}
	b.resource("aws:ec2/internetGateway:InternetGateway", "gateway", pulumi.Map{"vpcId": vpc.ID()})
	b.resource("aws:wafv2/webAcl:WebAcl", "acl", pulumi.Map{
		"scope": pulumi.String("REGIONAL"), "defaultAction": pulumi.Map{"allow": pulumi.Map{}},
		"visibilityConfig": pulumi.Map{
			"cloudwatchMetricsEnabled": pulumi.Bool(false), "metricName": pulumi.String("acl"), "sampledRequestsEnabled": pulumi.Bool(false),
		},
	})
	return subnets
}

func (b *broken) access() *iam.Role {
	role, err := iam.NewRole(b.ctx, "role", &iam.RoleArgs{AssumeRolePolicy: pulumi.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}`)})
	made(b, role, err)
	if b.err != nil {
		return nil
	}
	policy, err := iam.NewRolePolicy(b.ctx, "admin", &iam.RolePolicyArgs{Role: role.Name, Policy: pulumi.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`)})
	made(b, policy, err)
	user, err := iam.NewUser(b.ctx, "user", nil)
	made(b, user, err)
	return role
}

func (b *broken) edge(subnets pulumi.StringArray) {
	balancer, err := lb.NewLoadBalancer(b.ctx, "balancer", &lb.LoadBalancerArgs{LoadBalancerType: pulumi.String("application"), Subnets: subnets})
	made(b, balancer, err)
	if b.err != nil {
		return
	}
	listener, err := lb.NewListener(b.ctx, "listener", &lb.ListenerArgs{
		LoadBalancerArn: balancer.Arn, Port: pulumi.Int(80), Protocol: pulumi.String("HTTP"),
		DefaultActions: lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
			Type:          pulumi.String("fixed-response"),
			FixedResponse: lb.ListenerDefaultActionFixedResponseArgs{ContentType: pulumi.String("text/plain"), StatusCode: pulumi.String("200")},
		}},
	})
	made(b, listener, err)
	certificate, err := acm.NewCertificate(b.ctx, "certificate", &acm.CertificateArgs{
		DomainName: pulumi.String("*.acme.example"), ValidationMethod: pulumi.String("EMAIL"),
	})
	made(b, certificate, err)
}

const containers = `[{"name":"api","image":"nginx:latest","environment":[{"name":"DB_PASSWORD","value":"` + literalSecret + `"}]}]`

func (b *broken) container(subnets pulumi.StringArray, role *iam.Role) {
	if b.err != nil {
		return
	}
	repository, err := ecr.NewRepository(b.ctx, "repository", nil)
	made(b, repository, err)
	cluster, err := ecs.NewCluster(b.ctx, "cluster", nil)
	made(b, cluster, err)
	task, err := ecs.NewTaskDefinition(b.ctx, "task", &ecs.TaskDefinitionArgs{
		Family: pulumi.String("api"), ContainerDefinitions: pulumi.String(containers), NetworkMode: pulumi.String("awsvpc"),
		ExecutionRoleArn: role.Arn, TaskRoleArn: role.Arn, Cpu: pulumi.String("256"), Memory: pulumi.String("512"),
		RequiresCompatibilities: pulumi.StringArray{pulumi.String("FARGATE")},
	})
	made(b, task, err)
	if b.err != nil {
		return
	}
	// Fargate refuses privileged containers by itself.
	host, err := ecs.NewTaskDefinition(b.ctx, "host", &ecs.TaskDefinitionArgs{
		Family: pulumi.String("host"), RequiresCompatibilities: pulumi.StringArray{pulumi.String("EC2")},
		ContainerDefinitions: pulumi.String(`[{"name":"agent","image":"nginx:latest","privileged":true,"memory":128}]`),
	})
	made(b, host, err)
	service, err := ecs.NewService(b.ctx, "service", &ecs.ServiceArgs{
		Cluster: cluster.Arn, TaskDefinition: task.Arn, DesiredCount: pulumi.Int(1), LaunchType: pulumi.String("FARGATE"),
		NetworkConfiguration: ecs.ServiceNetworkConfigurationArgs{AssignPublicIp: pulumi.Bool(true), Subnets: subnets},
	})
	made(b, service, err)
}

func (b *broken) database() {
	db, err := rds.NewInstance(b.ctx, "db", &rds.InstanceArgs{
		Engine: pulumi.String("postgres"), InstanceClass: pulumi.String("db.t4g.micro"), AllocatedStorage: pulumi.Int(20),
		Username: pulumi.String("postgres"), Password: pulumi.ToSecret(pulumi.String(markedSecret)).(pulumi.StringOutput),
		PubliclyAccessible: pulumi.Bool(true), SkipFinalSnapshot: pulumi.Bool(true),
	})
	made(b, db, err)
}

func (b *broken) function(role *iam.Role) {
	if b.err != nil {
		return
	}
	function, err := lambda.NewFunction(b.ctx, "function", &lambda.FunctionArgs{
		Role: role.Arn, Runtime: pulumi.String("python3.13"), Handler: pulumi.String("index.handler"),
		Code: pulumi.NewAssetArchive(map[string]any{"index.py": pulumi.NewStringAsset("def handler(event, context): pass")}),
		Environment: lambda.FunctionEnvironmentArgs{Variables: pulumi.StringMap{
			"API_TOKEN": pulumi.ToSecret(pulumi.String(markedSecret)).(pulumi.StringOutput),
		}},
	})
	made(b, function, err)
	if b.err != nil {
		return
	}
	url, err := lambda.NewFunctionUrl(b.ctx, "url", &lambda.FunctionUrlArgs{
		FunctionName: function.Name, AuthorizationType: pulumi.String("NONE"),
	})
	made(b, url, err)
}

func (b *broken) secrets() {
	key, err := kms.NewKey(b.ctx, "key", &kms.KeyArgs{DeletionWindowInDays: pulumi.Int(7)})
	made(b, key, err)
	secret, err := secretsmanager.NewSecret(b.ctx, "secret", nil)
	made(b, secret, err)
	if b.err != nil {
		return
	}
	version, err := secretsmanager.NewSecretVersion(b.ctx, "version", &secretsmanager.SecretVersionArgs{
		SecretId: secret.ID(), SecretString: pulumi.String(literalSecret),
	})
	made(b, version, err)
}

func (b *broken) audit(policy *s3.BucketPolicy) {
	if b.err != nil {
		return
	}
	trail, err := cloudtrail.NewTrail(b.ctx, "trail", &cloudtrail.TrailArgs{S3BucketName: policy.Bucket})
	made(b, trail, err)
}

func (b *broken) observability() {
	logs, err := cloudwatch.NewLogGroup(b.ctx, "logs", nil)
	made(b, logs, err)
	topic, err := sns.NewTopic(b.ctx, "topic", nil)
	made(b, topic, err)
	alarm, err := cloudwatch.NewMetricAlarm(b.ctx, "alarm", &cloudwatch.MetricAlarmArgs{
		ComparisonOperator: pulumi.String("GreaterThanThreshold"), EvaluationPeriods: pulumi.Int(1), Threshold: pulumi.Float64(1),
		MetricName: pulumi.String("Errors"), Namespace: pulumi.String("Acme"), Period: pulumi.Int(60), Statistic: pulumi.String("Sum"),
	})
	made(b, alarm, err)
}

func (b *broken) backups() {
	vault, err := backup.NewVault(b.ctx, "vault", nil)
	made(b, vault, err)
	if b.err != nil {
		return
	}
	plan, err := backup.NewPlan(b.ctx, "plan", &backup.PlanArgs{Rules: backup.PlanRuleArray{backup.PlanRuleArgs{
		RuleName: pulumi.String("weekly"), TargetVaultName: vault.Name, Schedule: pulumi.String("cron(0 5 ? * SUN *)"),
	}}})
	made(b, plan, err)
}
