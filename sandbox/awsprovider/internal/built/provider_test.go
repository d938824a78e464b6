//go:build sandbox

package built_test

import (
	"bufio"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/built"
)

// start runs the built provider as the engine does.
func start(t *testing.T) pulumirpc.ResourceProviderClient {
	t.Helper()
	provider := exec.CommandContext(t.Context(), built.File(t, "pulumi-resource-aws"))
	stdout, err := provider.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := provider.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = provider.Process.Kill()
		_ = provider.Wait()
	})
	port, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the provider names no port: %v", err)
	}
	connection, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return pulumirpc.NewResourceProviderClient(connection)
}

// check asks what the provider makes of the inputs of a resource of that name.
func check(t *testing.T, provider pulumirpc.ResourceProviderClient, token, name string, inputs map[string]any) map[string]any {
	t.Helper()
	options := plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true}
	news, err := plugin.MarshalProperties(resource.NewPropertyMapFromMap(inputs), options)
	if err != nil {
		t.Fatal(err)
	}
	response, err := provider.Check(t.Context(), &pulumirpc.CheckRequest{
		Urn:        "urn:pulumi:dev::bulwark::" + token + "::" + name,
		News:       news,
		RandomSeed: []byte("0123456789abcdef0123456789abcdef"),
	})
	if err != nil {
		t.Fatalf("%s: %v", token, err)
	}
	for _, failure := range response.GetFailures() {
		t.Fatalf("%s: %s %s", token, failure.GetProperty(), failure.GetReason())
	}
	checked, err := plugin.UnmarshalProperties(response.GetInputs(), options)
	if err != nil {
		t.Fatal(err)
	}
	return checked.Mappable()
}

func TestVersion(t *testing.T) {
	info, err := start(t).GetPluginInfo(t.Context(), &emptypb.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	if info.GetVersion() != "6.83.2" {
		t.Errorf("the provider says that it is %s: the SDK asks for 6.83.2", info.GetVersion())
	}
}

func TestAutomaticNames(t *testing.T) {
	provider := start(t)
	trust := `{"Version":"2012-10-17","Statement":[]}`
	for _, test := range []struct {
		token    string
		inputs   map[string]any
		property string
		want     string // %x is seven random hexadecimal digits; empty: no name
	}{
		{"aws:s3/bucketV2:BucketV2", nil, "bucket", "data-%x"},
		{"aws:sns/topic:Topic", nil, "name", "data-%x"},
		{"aws:sns/topic:Topic", map[string]any{"fifoTopic": true}, "name", "data-%x.fifo"},
		{"aws:sqs/queue:Queue", map[string]any{"fifoQueue": true}, "name", "data-%x.fifo"},
		{"aws:kms/alias:Alias", map[string]any{"targetKeyId": "key"}, "name", "alias/data-%x"},
		{"aws:iam/role:Role", map[string]any{"assumeRolePolicy": trust}, "name", "data-%x"},
		{"aws:iam/rolePolicy:RolePolicy", map[string]any{"role": "r", "policy": trust}, "name", "data-%x"},
		{"aws:lb/loadBalancer:LoadBalancer", map[string]any{"subnets": []any{"s"}}, "name", "data-%x"},
		{"aws:lb/targetGroup:TargetGroup", map[string]any{"port": 80.0}, "name", "data-%x"},
		{"aws:cloudwatch/logGroup:LogGroup", nil, "name", "data-%x"},
		{"aws:cloudwatch/metricAlarm:MetricAlarm", map[string]any{
			"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1.0,
		}, "name", "data-%x"},
		{"aws:ecs/cluster:Cluster", nil, "name", "data-%x"},
		{"aws:lambda/function:Function", map[string]any{"role": "arn:aws:iam::123456789012:role/r", "s3Bucket": "b", "s3Key": "k"}, "name", "data-%x"},
		{"aws:lambda/permission:Permission", map[string]any{"action": "lambda:InvokeFunction", "function": "f", "principal": "sns.amazonaws.com"}, "statementId", "data-%x"},
		{"aws:rds/instance:Instance", map[string]any{"instanceClass": "db.t4g.micro"}, "identifier", "data%x"},
		{"aws:s3/bucketObjectv2:BucketObjectv2", map[string]any{"bucket": "b", "content": "c"}, "key", "data"},
		{"aws:secretsmanager/secret:Secret", nil, "name", "data-%x"},
		{"aws:route53/record:Record", map[string]any{"name": "www", "type": "A", "zoneId": "Z", "ttl": 60.0, "records": []any{"192.0.2.1"}}, "name", "www"},
		{"aws:ec2/vpc:Vpc", map[string]any{"cidrBlock": "10.0.0.0/16"}, "name", ""},
	} {
		name := "data"
		if test.property == "bucket" {
			name = "Data" // a bucket's name is made lower case
		}
		got, _ := check(t, provider, test.token, name, test.inputs)[test.property].(string)
		want := "^" + strings.ReplaceAll(regexp.QuoteMeta(test.want), "%x", "[0-9a-f]{7}") + "$"
		if !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s: %s is %q, want %s", test.token, test.property, got, test.want)
		}
	}
}

func TestTagsAll(t *testing.T) {
	provider := start(t)
	for token, inputs := range map[string]map[string]any{
		"aws:s3/bucketV2:BucketV2": {"tags": map[string]any{"tier": "gold"}},
		"aws:kms/key:Key":          {"tags": map[string]any{"tier": "gold"}},
	} {
		all, _ := check(t, provider, token, "data", inputs)["tagsAll"].(map[string]any)
		if all["tier"] != "gold" {
			t.Errorf("%s: tagsAll is %v", token, all)
		}
	}
}

func TestPolicyAsObject(t *testing.T) {
	checked := check(t, start(t), "aws:s3/bucketPolicy:BucketPolicy", "data", map[string]any{
		"bucket": "b", "policy": map[string]any{"Version": "2012-10-17", "Statement": []any{}},
	})
	if got := checked["policy"]; got != `{"Statement":[],"Version":"2012-10-17"}` {
		t.Errorf("policy: %v", got)
	}
}
