package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// What the policy pack reads of its environment; see docs/policy.md.
const (
	policyConfigVariable = "BULWARK_POLICY_CONFIG"
	policyRecordVariable = "BULWARK_POLICY_RECORD"
)

// Advisory is what the policy pack found, and did not refuse.
type Advisory struct {
	// Policy is the control's id, Severity low, medium, high or critical.
	Policy   string `json:"policy"`
	Severity string `json:"severity,omitempty"`
	URN      string `json:"urn,omitempty"`
	Message  string `json:"message"`
}

// PolicyRecord is where the policy pack writes the verdicts of the last run, for `bulwark policy report`.
func (c Checkout) PolicyRecord() string { return filepath.Join(c.Dir(), "policy.jsonl") }

// policyConfig is the file that configures the pack for a stack, or "" when the stack has none.
func (c Checkout) policyConfig(stack string) string {
	if path := filepath.Join(c.Root, "PulumiPolicy."+stack+".yaml"); isFile(path) {
		return path
	}
	return ""
}

// buildPolicyPack compiles the checkout's policy pack and returns its path. It is asked at every up: Go knows whether
// anything has changed.
func (s *Session) buildPolicyPack(ctx context.Context) (string, error) {
	path := filepath.Join(s.Checkout.Dir(), "bin", "pulumi-policy-bulwark")
	err := s.Report.step("policies", "building the policy pack", func(func(string)) (outcome, error) {
		program, err := s.System.LookPath("go")
		if err != nil {
			return outcome{}, err
		}
		var said bytes.Buffer
		if err := s.System.Run(ctx, Command{
			Name: program, Args: []string{"build", "-o", path, "./policy"},
			Dir: s.Checkout.Root, Env: goEnvironment(s.System), Stdout: &said, Stderr: &said,
		}); err != nil {
			if ctx.Err() != nil {
				return outcome{}, ctx.Err()
			}
			return outcome{}, &Problem{
				Kind: KindBuild, Err: err, What: fmt.Sprintf("building the policy pack failed (%v)", err),
				Detail: lastLines(said.String(), 8), Fix: []string{"go build ./policy shows all of it"},
			}
		}
		return done("the policy pack"), nil
	})
	return path, err
}

// withPolicies adds to the engine's environment what the pack reads: the stack's own file, unless the user names one,
// and where to write its verdicts, anew.
func (s *Session) withPolicies(env map[string]string, stack string) error {
	if env[policyConfigVariable] == "" {
		if path := s.Checkout.policyConfig(stack); path != "" {
			env[policyConfigVariable] = path
		}
	}
	if env[policyRecordVariable] == "" {
		env[policyRecordVariable] = s.Checkout.PolicyRecord()
		if err := removeFile(s.Checkout.PolicyRecord()); err != nil {
			return err
		}
		return os.MkdirAll(s.Checkout.Dir(), 0o755)
	}
	return nil
}

// policy keeps what the pack found: what is mandatory has stopped the engine, the rest is told.
func (c *collector) policy(e apitype.PolicyEvent) {
	message := plain(e.Message)
	if e.EnforcementLevel == "mandatory" {
		c.failures = append(c.failures, Failure{
			URN: e.ResourceURN, Type: typeOf(e.ResourceURN), Name: nameOf(e.ResourceURN), Message: "policy " + e.PolicyName + ": " + message,
		})
		return
	}
	c.advisories = append(c.advisories, Advisory{Policy: e.PolicyName, Severity: e.Severity, URN: e.ResourceURN, Message: message})
}
