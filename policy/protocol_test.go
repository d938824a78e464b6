package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/internal/schema"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules"
)

// binary is the pack as make policy builds it.
var binary string

func TestMain(m *testing.M) {
	if os.Getenv(asPolicyx) != "" {
		if err := servePolicyx(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(runTests(m))
}

// runTests builds the pack first.
func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "pack")
	if err == nil {
		defer os.RemoveAll(dir)
		binary, err = build(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "building the pack: "+err.Error())
		return 1
	}
	return m.Run()
}

// engine is the engine's side of the protocol.
type engine struct {
	pulumirpc.AnalyzerClient
	process *exec.Cmd
	boot    time.Duration
}

// start runs the pack in a folder of its own, as the engine does, up to the handshake.
func start(t testing.TB) *engine { return startBinary(t, binary) }

func startBinary(t testing.TB, path string, env ...string) *engine {
	t.Helper()
	began := time.Now()
	cmd := exec.Command(path, "127.0.0.1:1")
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	port, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	conn, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(400<<20), grpc.MaxCallSendMsgSize(400<<20)))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	e := &engine{AnalyzerClient: pulumirpc.NewAnalyzerClient(conn), process: cmd}
	root := cmd.Dir
	_, err = e.Handshake(t.Context(), &pulumirpc.AnalyzerHandshakeRequest{EngineAddress: "127.0.0.1:1", RootDirectory: &root, ProgramDirectory: &root})
	require.NoError(t, err)
	e.boot = time.Since(began)
	return e
}

// configure goes through the rest of the beginning.
func (e *engine) configure(t testing.TB, change func(map[string]*pulumirpc.PolicyConfig)) {
	t.Helper()
	_, err := e.ConfigureStack(t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "prod", Project: "acme", DryRun: true})
	require.NoError(t, err)
	info, err := e.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	configs := map[string]*pulumirpc.PolicyConfig{}
	for _, p := range info.GetPolicies() {
		configs[p.GetName()] = &pulumirpc.PolicyConfig{EnforcementLevel: p.GetEnforcementLevel()}
	}
	if change != nil {
		change(configs)
	}
	_, err = e.Configure(t.Context(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: configs})
	require.NoError(t, err)
}

func TestMetadata(t *testing.T) {
	text, err := os.ReadFile("PulumiPolicy.yaml")
	require.NoError(t, err)
	var project struct{ Name, Version, Description, Runtime string }
	require.NoError(t, yaml.Unmarshal(text, &project))
	assert.Equal(t, pack.Name, project.Name)
	assert.Equal(t, pack.Version, project.Version)
	assert.Equal(t, pack.Description, project.Description)
	assert.Equal(t, "go", project.Runtime)
}

// pulumi policy analyze, and a console that lists packs, ask before there is a stack.
func TestThePackAnswersBeforeItKnowsAStack(t *testing.T) {
	e := start(t)
	info, err := e.GetAnalyzerInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Len(t, info.GetPolicies(), len(rules.All())+1)
	plugin, err := e.GetPluginInfo(t.Context(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, pack.Version, plugin.GetVersion())
	e.configure(t, nil)
}

func TestThePackJudges(t *testing.T) {
	e := start(t)
	e.configure(t, func(configs map[string]*pulumirpc.PolicyConfig) {
		configs["rds-backup-retention"].Properties = &structpb.Struct{Fields: map[string]*structpb.Value{"days": structpb.NewNumberValue(14)}}
		configs["s3-pab-block-public-acls"].EnforcementLevel = pulumirpc.EnforcementLevel_REMEDIATE
	})
	properties, err := structpb.NewStruct(map[string]any{"engine": "postgres", "backupRetentionPeriod": 7})
	require.NoError(t, err)
	db := &pulumirpc.AnalyzeRequest{
		Type: "aws:rds/instance:Instance", Name: "db", Urn: "urn:pulumi:prod::acme::aws:rds/instance:Instance::db", Properties: properties,
	}
	response, err := e.Analyze(t.Context(), db)
	require.NoError(t, err)
	var messages []string
	for _, d := range response.GetDiagnostics() {
		messages = append(messages, d.GetPolicyName()+": "+d.GetMessage())
	}
	assert.Contains(t, strings.Join(messages, "\n"), "backupRetentionPeriod: 7: expected at least 14 days")

	properties, err = structpb.NewStruct(map[string]any{"bucket": "acme-audio", "blockPublicAcls": false})
	require.NoError(t, err)
	remediated, err := e.Remediate(t.Context(), &pulumirpc.AnalyzeRequest{
		Type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", Name: "b", Urn: "u", Properties: properties,
	})
	require.NoError(t, err)
	require.Len(t, remediated.GetRemediations(), 1)
	assert.Equal(t, map[string]any{"bucket": "acme-audio", "blockPublicAcls": true}, remediated.GetRemediations()[0].GetProperties().AsMap())
}

func TestTheVerdictsOfEveryExampleCrossTheProtocol(t *testing.T) {
	e := start(t)
	e.configure(t, func(configs map[string]*pulumirpc.PolicyConfig) {
		for _, c := range configs {
			c.EnforcementLevel = pulumirpc.EnforcementLevel_MANDATORY
		}
	})
	for _, r := range rules.All() {
		for _, bad := range r.Bad {
			if bad.Params != nil || bad.Profile == rule.Dev {
				continue // judged with other settings than these
			}
			inputs, outputs := requests(t, bad.YAML)
			var response *pulumirpc.AnalyzeResponse
			var err error
			failed := false
			if r.Stack != nil {
				response, err = e.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: outputs})
				require.NoError(t, err)
				failed = fails(response, r.ID)
			}
			for _, input := range inputs {
				if r.Resource == nil {
					break
				}
				response, err = e.Analyze(t.Context(), input)
				require.NoError(t, err)
				failed = failed || fails(response, r.ID)
			}
			assert.True(t, failed, "%s, bad example %q", r.ID, bad.Name)
		}
	}
}

// In the first preview the provider knows nothing of a bucket; what its program has left out fails all the same.
func TestThePreviewOfABareBucket(t *testing.T) {
	stack, err := example.Parse(`audio: {type: "aws:s3/bucketV2:BucketV2"}`)
	require.NoError(t, err)
	built, err := stack.Build(example.Preview, schema.Computed)
	require.NoError(t, err)
	inputs, outputs := wire(built)
	e := start(t)
	e.configure(t, nil)
	ids := []string{
		"s3-versioning", "s3-access-logging", "s3-lifecycle", "s3-policy-require-tls",
		"s3-bucket-public-access-block",
	}
	unseen, err := e.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: outputs})
	require.NoError(t, err)
	for _, input := range inputs {
		_, err := e.Analyze(t.Context(), input)
		require.NoError(t, err)
	}
	seen, err := e.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: outputs})
	require.NoError(t, err)
	for _, id := range ids {
		assert.True(t, fails(seen, id), id)
	}
	assert.False(t, fails(unseen, "s3-versioning"), "outputs alone say nothing")
}

func fails(r *pulumirpc.AnalyzeResponse, id string) bool {
	for _, d := range r.GetDiagnostics() {
		if d.GetPolicyName() == id {
			return true
		}
	}
	return false
}

// requests are the resources of an example in an update.
func requests(t testing.TB, text string) (inputs []*pulumirpc.AnalyzeRequest, outputs []*pulumirpc.AnalyzerResource) {
	t.Helper()
	stack, err := example.Parse(text)
	require.NoError(t, err)
	built, err := stack.Build(example.Update, schema.Computed)
	require.NoError(t, err)
	return wire(built)
}

// wire are resources as the engine sends them.
func wire(built *example.Built) (inputs []*pulumirpc.AnalyzeRequest, outputs []*pulumirpc.AnalyzerResource) {
	for i, in := range built.Inputs {
		provider := &pulumirpc.AnalyzerProviderResource{
			Type: in.ProviderType, Name: in.ProviderName, Urn: in.ProviderURN, Properties: in.ProviderProperties,
		}
		options := &pulumirpc.AnalyzerResourceOptions{
			Protect: in.Options.Protect, IgnoreChanges: in.Options.IgnoreChanges, Aliases: in.Options.Aliases, Parent: in.Parent,
			AdditionalSecretOutputs: in.Options.AdditionalSecretOutputs, DeleteBeforeReplace: in.Options.DeleteBeforeReplace,
		}
		inputs = append(inputs, &pulumirpc.AnalyzeRequest{
			Type: in.Type, Name: in.Name, Urn: in.URN, Properties: in.Properties, Options: options, Provider: provider,
		})
		out := built.Outputs[i]
		dependencies := map[string]*pulumirpc.AnalyzerPropertyDependencies{}
		for property, urns := range out.PropertyDependencies {
			dependencies[property] = &pulumirpc.AnalyzerPropertyDependencies{Urns: urns}
		}
		outputs = append(outputs, &pulumirpc.AnalyzerResource{
			Type: out.Type, Name: out.Name, Urn: out.URN, Properties: out.Properties, Options: options, Provider: provider,
			Parent: out.Parent, Dependencies: out.Dependencies, PropertyDependencies: dependencies,
		})
	}
	return inputs, outputs
}

// many repeats the good and bad examples of all rules until there are n resources, each with as many properties as a
// real one has.
func many(t testing.TB, n int) (inputs []*pulumirpc.AnalyzeRequest, outputs []*pulumirpc.AnalyzerResource) {
	t.Helper()
	for round := 0; ; round++ {
		for _, r := range rules.All() {
			for _, e := range append(r.Good[:len(r.Good):len(r.Good)], r.Bad...) {
				in, out := requests(t, e.YAML)
				for i := range in {
					suffix := fmt.Sprintf("-%s-%d", r.ID, round)
					rename(&in[i].Urn, suffix)
					rename(&out[i].Urn, suffix)
					for _, d := range out[i].PropertyDependencies {
						for j := range d.Urns {
							rename(&d.Urns[j], suffix)
						}
					}
					in[i].Properties, out[i].Properties = padded(in[i].Properties), padded(out[i].Properties)
				}
				inputs, outputs = append(inputs, in...), append(outputs, out...)
				if len(inputs) >= n {
					return inputs[:n], outputs[:n]
				}
			}
		}
	}
}

func rename(urn *string, suffix string) { *urn += suffix }

func padded(p *structpb.Struct) *structpb.Struct {
	if p.GetFields() == nil {
		return p
	}
	p = proto.Clone(p).(*structpb.Struct)
	if p.Fields == nil {
		p.Fields = map[string]*structpb.Value{}
	}
	for i := len(p.Fields); i < 60; i++ {
		p.Fields[fmt.Sprintf("padding%d", i)] = structpb.NewStringValue("arn:aws:service:eu-west-1:111122223333:thing/value")
	}
	return p
}

// memory is the greatest resident set of a process in MB; 0 where the system does not tell.
func memory(t testing.TB, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kb); n == 1 {
			return kb >> 10
		}
	}
	return 0
}

// A pack whose engine was killed does not stay behind.
func TestThePackEndsWithItsParent(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	// The shell starts the pack, says its process id, and is gone.
	out, err := exec.CommandContext(ctx, "sh", "-c", binary+` x >/dev/null 2>&1 & echo $!; sleep 1`).Output()
	require.NoError(t, err)
	proc := "/proc/" + strings.TrimSpace(string(out))
	if _, err := os.Stat("/proc/self"); err != nil {
		return // no such system to look at
	}
	assert.Eventually(t, func() bool {
		_, err := os.Stat(proc)
		return os.IsNotExist(err)
	}, 15*time.Second, 100*time.Millisecond)
}
