package accesskeys

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// The ids of AWS's own examples, and others of their kind.
const (
	oldID      = "AKIAIOSFODNN7EXAMPLE"
	freshID    = "AKIAI44QH8DHBEXAMPLE"
	quietID    = "AKIAQUIETQUIETQUIETQ"
	inactiveID = "AKIAINACTIVEINACTIVE"
	usedID     = "AKIAUSEDSOMEWHEREXXX"
	foreignID  = "AKIAFOREIGNFOREIGNXX"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// fakeIAM has users with keys; one page for each user, as if the account were large.
type fakeIAM struct {
	IAMClient
	users []string
	keys  map[string][]types.AccessKeyMetadata
	used  map[string]*types.AccessKeyLastUsed
	root  int32
	err   map[string]error

	changed []string
}

func (f *fakeIAM) GetAccountSummary(context.Context, *iam.GetAccountSummaryInput, ...func(*iam.Options)) (*iam.GetAccountSummaryOutput, error) {
	return &iam.GetAccountSummaryOutput{SummaryMap: map[string]int32{"AccountAccessKeysPresent": f.root}}, f.err["GetAccountSummary"]
}

func (f *fakeIAM) ListUsers(_ context.Context, in *iam.ListUsersInput, _ ...func(*iam.Options)) (*iam.ListUsersOutput, error) {
	if len(f.users) == 0 {
		return &iam.ListUsersOutput{}, f.err["ListUsers"]
	}
	at := len(aws.ToString(in.Marker))
	out := &iam.ListUsersOutput{Users: []types.User{{UserName: aws.String(f.users[at])}}}
	if at+1 < len(f.users) {
		out.IsTruncated, out.Marker = true, aws.String(aws.ToString(in.Marker)+"x")
	}
	return out, f.err["ListUsers"]
}

func (f *fakeIAM) ListAccessKeys(_ context.Context, in *iam.ListAccessKeysInput, _ ...func(*iam.Options)) (*iam.ListAccessKeysOutput, error) {
	return &iam.ListAccessKeysOutput{AccessKeyMetadata: f.keys[*in.UserName]}, f.err["ListAccessKeys"]
}

func (f *fakeIAM) GetAccessKeyLastUsed(_ context.Context, in *iam.GetAccessKeyLastUsedInput, _ ...func(*iam.Options)) (*iam.GetAccessKeyLastUsedOutput, error) {
	return &iam.GetAccessKeyLastUsedOutput{AccessKeyLastUsed: f.used[*in.AccessKeyId]}, f.err["GetAccessKeyLastUsed"]
}

func (f *fakeIAM) UpdateAccessKey(_ context.Context, in *iam.UpdateAccessKeyInput, _ ...func(*iam.Options)) (*iam.UpdateAccessKeyOutput, error) {
	f.changed = append(f.changed, *in.UserName+" "+*in.AccessKeyId+" "+string(in.Status))
	return nil, f.err["UpdateAccessKey"]
}

func (f *fakeIAM) DeleteAccessKey(_ context.Context, in *iam.DeleteAccessKeyInput, _ ...func(*iam.Options)) (*iam.DeleteAccessKeyOutput, error) {
	f.changed = append(f.changed, *in.UserName+" "+*in.AccessKeyId+" deleted")
	return nil, f.err["DeleteAccessKey"]
}

func (f *fakeIAM) add(user, id string, status types.StatusType, age int, used *types.AccessKeyLastUsed) {
	if f.keys[user] == nil {
		f.users = append(f.users, user)
	}
	f.keys[user] = append(f.keys[user], types.AccessKeyMetadata{
		UserName: aws.String(user), AccessKeyId: aws.String(id), Status: status, CreateDate: aws.Time(ago(age)),
	})
	f.used[id] = used
}

func use(days int, service, region string) *types.AccessKeyLastUsed {
	return &types.AccessKeyLastUsed{LastUsedDate: aws.Time(ago(days)), ServiceName: aws.String(service), Region: aws.String(region)}
}

// account has a key at each stage.
func account() *fakeIAM {
	f := &fakeIAM{keys: map[string][]types.AccessKeyMetadata{}, used: map[string]*types.AccessKeyLastUsed{}, err: map[string]error{}}
	never := &types.AccessKeyLastUsed{ServiceName: aws.String("N/A"), Region: aws.String("N/A")}
	f.add("audio-service", freshID, types.StatusTypeActive, 3, never)
	f.add("audio-service", oldID, types.StatusTypeActive, 900, use(0, "s3", "eu-west-1"))
	f.add("backup", quietID, types.StatusTypeActive, 400, use(100, "s3", "N/A"))
	f.add("ci", usedID, types.StatusTypeActive, 200, use(2, "ecr", "eu-central-1"))
	f.add("left", inactiveID, types.StatusTypeInactive, 700, use(90, "ec2", "eu-west-1"))
	return f
}

// fakeECS has one cluster with services and tasks.
type fakeECS struct {
	ECSClient
	services    []ecstypes.Service
	tasks       []ecstypes.Task
	definitions map[string]*ecs.DescribeTaskDefinitionOutput
	err         map[string]error
}

func (f *fakeECS) ListClusters(context.Context, *ecs.ListClustersInput, ...func(*ecs.Options)) (*ecs.ListClustersOutput, error) {
	return &ecs.ListClustersOutput{ClusterArns: []string{"arn:aws:ecs:eu-west-1:123456789012:cluster/main"}}, f.err["ListClusters"]
}

func (f *fakeECS) ListServices(context.Context, *ecs.ListServicesInput, ...func(*ecs.Options)) (*ecs.ListServicesOutput, error) {
	var arns []string
	for _, s := range f.services {
		arns = append(arns, *s.ServiceName)
	}
	return &ecs.ListServicesOutput{ServiceArns: arns}, f.err["ListServices"]
}

func (f *fakeECS) DescribeServices(context.Context, *ecs.DescribeServicesInput, ...func(*ecs.Options)) (*ecs.DescribeServicesOutput, error) {
	return &ecs.DescribeServicesOutput{Services: f.services}, f.err["DescribeServices"]
}

func (f *fakeECS) ListTasks(context.Context, *ecs.ListTasksInput, ...func(*ecs.Options)) (*ecs.ListTasksOutput, error) {
	var arns []string
	for _, t := range f.tasks {
		arns = append(arns, *t.TaskDefinitionArn)
	}
	return &ecs.ListTasksOutput{TaskArns: arns}, f.err["ListTasks"]
}

func (f *fakeECS) DescribeTasks(context.Context, *ecs.DescribeTasksInput, ...func(*ecs.Options)) (*ecs.DescribeTasksOutput, error) {
	return &ecs.DescribeTasksOutput{Tasks: f.tasks}, f.err["DescribeTasks"]
}

func (f *fakeECS) DescribeTaskDefinition(_ context.Context, in *ecs.DescribeTaskDefinitionInput, _ ...func(*ecs.Options)) (*ecs.DescribeTaskDefinitionOutput, error) {
	out, ok := f.definitions[*in.TaskDefinition]
	if !ok {
		return nil, &ecstypes.ClientException{Message: aws.String("Unable to describe task definition.")}
	}
	return out, f.err["DescribeTaskDefinition"]
}

const family = "arn:aws:ecs:eu-west-1:123456789012:task-definition/"

// define adds a task definition of one container.
func (f *fakeECS) define(name, environment string, container ecstypes.ContainerDefinition) string {
	container.Name = aws.String("app")
	out := &ecs.DescribeTaskDefinitionOutput{TaskDefinition: &ecstypes.TaskDefinition{ContainerDefinitions: []ecstypes.ContainerDefinition{container}}}
	if environment != "" {
		out.Tags = []ecstypes.Tag{{Key: aws.String("Environment"), Value: aws.String(environment)}}
	}
	f.definitions[family+name] = out
	return family + name
}

func pairs(list ...string) []ecstypes.KeyValuePair {
	var out []ecstypes.KeyValuePair
	for i := 0; i < len(list); i += 2 {
		out = append(out, ecstypes.KeyValuePair{Name: aws.String(list[i]), Value: aws.String(list[i+1])})
	}
	return out
}

// aSecret must never come out of this package again.
const aSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

// region has containers that hold keys in every way.
func region() *fakeECS {
	f := &fakeECS{definitions: map[string]*ecs.DescribeTaskDefinitionOutput{}, err: map[string]error{}}
	audio := f.define("audio:7", "prod", ecstypes.ContainerDefinition{Environment: pairs("AWS_ACCESS_KEY_ID", oldID, "AWS_SECRET_ACCESS_KEY", aSecret, "PORT", "8080")})
	next := f.define("audio:8", "prod", ecstypes.ContainerDefinition{Environment: pairs("CONNECTION", "s3://"+oldID+":"+aSecret+"@bucket")})
	mail := f.define("mail:1", "", ecstypes.ContainerDefinition{
		Environment: pairs("MAIL_KEY", foreignID),
		Secrets:     []ecstypes.Secret{{Name: aws.String("AWS_ACCESS_KEY_ID"), ValueFrom: aws.String("arn:aws:secretsmanager:eu-west-1:123456789012:secret:mail-AbCdEf")}},
		EnvironmentFiles: []ecstypes.EnvironmentFile{
			{Type: ecstypes.EnvironmentFileTypeS3, Value: aws.String("arn:aws:s3:::config/mail.env")},
		},
	})
	migrate := f.define("migrate:2", "dev", ecstypes.ContainerDefinition{Environment: pairs("S3_ACCESS_KEY", oldID)})
	f.services = []ecstypes.Service{
		{
			ServiceName: aws.String("audio"), TaskDefinition: aws.String(next), Tags: []ecstypes.Tag{{Key: aws.String("Environment"), Value: aws.String("prod")}},
			Deployments: []ecstypes.Deployment{
				{Status: aws.String("PRIMARY"), TaskDefinition: aws.String(next)},
				{Status: aws.String("ACTIVE"), TaskDefinition: aws.String(audio), RunningCount: 1},
				{Status: aws.String("ACTIVE"), TaskDefinition: aws.String(f.define("audio:6", "", ecstypes.ContainerDefinition{Environment: pairs("OLD", quietID)}))},
			},
		},
		{ServiceName: aws.String("mail"), TaskDefinition: aws.String(mail)},
	}
	f.tasks = []ecstypes.Task{
		{TaskDefinitionArn: aws.String(migrate), Group: aws.String("family:migrate")},
		{TaskDefinitionArn: aws.String(migrate), Group: aws.String("family:migrate")},
		{TaskDefinitionArn: aws.String(audio), Group: aws.String("service:audio")},
	}
	return f
}
