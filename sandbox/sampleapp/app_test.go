//go:build sandbox

package sampleapp

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
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
	"s3:UploadPart":                 {"s3:PutObject", "kms:Decrypt"},
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

// byRole are the recorded calls that were made with the role's credentials.
func byRole(t *testing.T, env *sandboxtest.Env, name string) []sandbox.Call {
	t.Helper()
	return slices.DeleteFunc(env.Calls(t, "", ""), func(c sandbox.Call) bool {
		return !strings.Contains(c.Principal, ":assumed-role/"+name+"/")
	})
}

// stack is what is deployed, and what runs the application against it.
type stack struct {
	env     *sandboxtest.Env
	up      sandboxtest.Result
	role    *role
	program string
}

func TestSampleApplication(t *testing.T) {
	env := sandboxtest.New(t)
	up := env.Deploy(t, program, sandboxtest.Options{Project: "sample-app"}).Up(t)
	require.NoError(t, env.Admin.ClearCalls(t.Context()))
	role := &role{t: t, client: iam.NewFromConfig(env.AWSConfig(region)), name: up.Output(t, "taskRoleName")}
	s := &stack{env: env, up: up, role: role, program: build(t)}
	app := s.run(t)

	t.Run("its owner's recordings", app.ownRecordings)
	t.Run("what it calls is what it may do", func(t *testing.T) { s.exactlyAllowed(t, app) })
	t.Run("everything else is refused", func(t *testing.T) { s.refusedOneByOne(t, app) })
	t.Run("a stack without secrets", s.withoutSecrets)
	t.Run("nothing in its policy is left over", func(t *testing.T) { s.nothingLeftOver(t, app) })
	env.AssertEmulated(t)
}

// exactlyAllowed runs every path of the application, and compares what its calls need with what its role may do.
func (s *stack) exactlyAllowed(t *testing.T, app *application) {
	for _, walk := range app.paths() {
		walk(t, s.env)
	}
	needed, allowed := map[string]bool{}, map[string]bool{}
	for _, call := range byRole(t, s.env, s.role.name) {
		name := call.Service + ":" + call.Operation
		assert.NotEqual(t, http.StatusForbidden, call.Status, name)
		require.Contains(t, actions, name, "the application makes a call that is not known here")
		for _, action := range actions[name] {
			needed[action] = true
		}
	}
	for _, statement := range s.role.read().Statement {
		for _, action := range texts(statement["Action"]) {
			if statement["Effect"] == "Allow" {
				allowed[action] = true
			}
		}
	}
	assert.Equal(t, slices.Sorted(maps.Keys(needed)), slices.Sorted(maps.Keys(allowed)))
}

// withoutSecrets runs the application against a stack that has no secrets: it gets its own for that time.
func (s *stack) withoutSecrets(t *testing.T) {
	outputs := maps.Clone(s.up.Outputs)
	delete(outputs, "jwtSecretArn")
	delete(outputs, "databaseSecretArn")
	command, _ := s.local(t, outputs, "-once")
	out, err := command.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Equal(t, 2, strings.Count(string(out), "encrypted with aws:kms, "+s.up.Output(t, "audioKeyArn")), string(out))
	client := secretsmanager.NewFromConfig(s.env.AWSConfig(region))
	list, err := client.ListSecrets(t.Context(), &secretsmanager.ListSecretsInput{})
	require.NoError(t, err)
	assert.Len(t, list.SecretList, 3, "those of the stack, and no more")
}

// nothingLeftOver takes one action after the other from the policy: each time, some path is refused.
func (s *stack) nothingLeftOver(t *testing.T, app *application) {
	paths, role, whole := app.paths(), s.role, s.role.read()
	starts := map[int]string{}
	for i, statement := range whole.Statement {
		if statement["Effect"] != "Allow" {
			continue
		}
		for _, action := range texts(statement["Action"]) {
			role.write(whole.without(i, action))
			var refused []string
			for _, name := range slices.Sorted(maps.Keys(paths)) {
				require.NoError(t, s.env.Admin.ClearCalls(t.Context()))
				paths[name](t, s.env)
				if isRefused(t, s.env, role.name) {
					refused = append(refused, name)
				}
			}
			if refused == nil {
				starts[i] = action
				continue
			}
			t.Logf("%-20v %-30s without it fails: %s", statement["Sid"], action, strings.Join(refused, ", "))
		}
	}
	// What a path does not need, the application needs to start. The one that runs loses its secrets by that: this is last.
	for i, action := range starts {
		role.write(whole.without(i, action))
		require.NoError(t, s.env.Admin.ClearCalls(t.Context()))
		command, _ := s.local(t, s.up.Outputs, "-once")
		out, err := command.CombinedOutput()
		require.Error(t, err, "statement %v: nothing that the application does needs %s", whole.Statement[i]["Sid"], action)
		assert.True(t, isRefused(t, s.env, role.name), string(out))
		t.Logf("%-20v %-30s without it fails: start", whole.Statement[i]["Sid"], action)
	}
	role.write(whole)
}

// isRefused says whether a call of the role was not allowed. Secrets Manager says so with another status than S3.
func isRefused(t *testing.T, env *sandboxtest.Env, name string) bool {
	t.Helper()
	return slices.ContainsFunc(byRole(t, env, name), func(c sandbox.Call) bool {
		return c.Status == http.StatusForbidden || c.Service == "secretsmanager" && c.Status == http.StatusBadRequest
	})
}
