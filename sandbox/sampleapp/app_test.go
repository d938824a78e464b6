//go:build sandbox

package sampleapp

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandbox"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// actions are what IAM calls that which the application's calls need. S3 asks KMS on behalf of the caller.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
var actions = map[string][]string{
	"s3:PutObject":                  {"s3:PutObject", "kms:GenerateDataKey"},
	"s3:CreateMultipartUpload":      {"s3:PutObject", "kms:GenerateDataKey"},
	"s3:UploadPart":                 {"s3:PutObject", "kms:GenerateDataKey"},
	"s3:CompleteMultipartUpload":    {"s3:PutObject", "kms:Decrypt"},
	"s3:AbortMultipartUpload":       {"s3:AbortMultipartUpload"},
	"s3:ListParts":                  {"s3:ListMultipartUploadParts"},
	"s3:ListObjectsV2":              {"s3:ListBucket"},
	"s3:GetObject":                  {"s3:GetObject", "kms:Decrypt"},
	"secretsmanager:GetSecretValue": {"secretsmanager:GetSecretValue", "kms:Decrypt"},
}

// policy is the role's, as the account has it.
type policy struct {
	Version   string
	Statement []map[string]any
}

func texts(value any) []string {
	if one, ok := value.(string); ok {
		return []string{one}
	}
	var list []string
	for _, v := range value.([]any) {
		list = append(list, v.(string))
	}
	return list
}

// role is the task role in the account.
type role struct {
	t      *testing.T
	client *iam.Client
	name   string
	policy string
}

func (r *role) read() policy {
	r.t.Helper()
	list, err := r.client.ListRolePolicies(r.t.Context(), &iam.ListRolePoliciesInput{RoleName: &r.name})
	require.NoError(r.t, err)
	require.Len(r.t, list.PolicyNames, 1)
	r.policy = list.PolicyNames[0]
	out, err := r.client.GetRolePolicy(r.t.Context(), &iam.GetRolePolicyInput{RoleName: &r.name, PolicyName: &r.policy})
	require.NoError(r.t, err)
	text, err := url.QueryUnescape(aws.ToString(out.PolicyDocument))
	require.NoError(r.t, err)
	var p policy
	require.NoError(r.t, json.Unmarshal([]byte(text), &p))
	return p
}

func (r *role) write(p policy) {
	r.t.Helper()
	raw, err := json.Marshal(p)
	require.NoError(r.t, err)
	_, err = r.client.PutRolePolicy(r.t.Context(), &iam.PutRolePolicyInput{
		RoleName: &r.name, PolicyName: &r.policy, PolicyDocument: aws.String(string(raw)),
	})
	require.NoError(r.t, err)
}

// without is the policy without one action of one statement; the statement goes with its last action.
func (p policy) without(statement int, action string) policy {
	shorter := policy{Version: p.Version}
	for i, s := range p.Statement {
		if i == statement {
			s = maps.Clone(s)
			left := slices.DeleteFunc(texts(s["Action"]), func(a string) bool { return a == action })
			if len(left) == 0 {
				continue
			}
			s["Action"] = left
		}
		shorter.Statement = append(shorter.Statement, s)
	}
	return shorter
}

// deploy deploys the program, and runs the application under its role.
func deploy(t *testing.T) (*sandboxtest.Env, sandboxtest.Result, *role) {
	t.Helper()
	env := sandboxtest.New(t)
	stack := env.Deploy(t, program, sandboxtest.Options{Project: "sample-app"})
	up := stack.Up(t)
	return env, up, &role{t: t, client: iam.NewFromConfig(env.AWSConfig(region)), name: up.Output(t, "taskRoleName")}
}

// byRole are the recorded calls that were made with the role's credentials.
func byRole(t *testing.T, env *sandboxtest.Env, name string) []sandbox.Call {
	t.Helper()
	return slices.DeleteFunc(env.Calls(t, "", ""), func(c sandbox.Call) bool {
		return !strings.Contains(c.Principal, ":assumed-role/"+name+"/")
	})
}

// TestSampleApplication runs every path of the application, and compares what it calls with what its role may do: nothing
// is refused, no action and no statement is left over.
func TestSampleApplication(t *testing.T) {
	env, up, role := deploy(t)
	require.NoError(t, env.Admin.ClearCalls(t.Context()))
	app := run(t, env, up)
	paths := app.paths()
	for _, walk := range paths {
		walk(t, env)
	}
	needed := map[string]bool{}
	for _, call := range byRole(t, env, role.name) {
		name := call.Service + ":" + call.Operation
		assert.NotEqual(t, 403, call.Status, name)
		require.Contains(t, actions, name, "the application makes a call that is not known here")
		for _, action := range actions[name] {
			needed[action] = true
		}
	}
	allowed := map[string]bool{}
	whole := role.read()
	for _, s := range whole.Statement {
		for _, action := range texts(s["Action"]) {
			allowed[action] = true
		}
	}
	assert.Equal(t, slices.Sorted(maps.Keys(needed)), slices.Sorted(maps.Keys(allowed)), "what the calls need, and what the role may do")

	// The same the other way round: whatever is taken from the policy, some path is refused.
	defer role.write(whole)
	for i, s := range whole.Statement {
		for _, action := range texts(s["Action"]) {
			role.write(whole.without(i, action))
			require.NoError(t, env.Admin.ClearCalls(t.Context()))
			var refused []string
			for _, name := range slices.Sorted(maps.Keys(paths)) {
				before := len(refusals(t, env, role.name))
				paths[name](t, env)
				if len(refusals(t, env, role.name)) > before {
					refused = append(refused, name)
				}
			}
			assert.NotEmpty(t, refused, "statement %s: nothing that the application does needs %s", s["Sid"], action)
			t.Logf("%-20s %-30s without it fails: %s", s["Sid"], action, strings.Join(refused, ", "))
		}
	}
}

// refusals are the calls of a role that were not allowed.
func refusals(t *testing.T, env *sandboxtest.Env, name string) []string {
	t.Helper()
	var list []string
	for _, call := range byRole(t, env, name) {
		if call.Status == 403 || call.Service == "secretsmanager" && call.Status == 400 {
			list = append(list, fmt.Sprint(call.Service, ":", call.Operation))
		}
	}
	return list
}
