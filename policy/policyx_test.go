package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/policyx"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/rules"
)

// asPolicyx makes the test binary a pack on plain policyx, of as many policies as there are rules.
const asPolicyx = "BULWARK_TEST_POLICYX"

// read keeps the compiler from leaving out what nobody looks at.
var read property.Value

// servePolicyx is that pack. Its policies read one property, which is the least that a rule does.
func servePolicyx() error {
	return policyx.Main(func(*pulumi.Context) (policyx.PolicyPack, error) {
		var policies []policyx.Policy
		for _, r := range rules.All() {
			if r.Resource == nil {
				policies = append(policies, policyx.NewStackValidationPolicy(r.ID, policyx.StackValidationPolicyArgs{
					ValidateStack: func(context.Context, policyx.StackValidationArgs) error { return nil },
				}))
				continue
			}
			policies = append(policies, policyx.NewResourceValidationPolicy(r.ID, policyx.ResourceValidationPolicyArgs{
				ValidateResource: func(_ context.Context, args policyx.ResourceValidationArgs) error {
					if r.Looks(args.Resource.Type) {
						read = args.Resource.Properties.Get("name")
					}
					return nil
				},
			}))
		}
		return policyx.NewPolicyPack("plain", semver.MustParse("1.0.0"), policyx.EnforcementLevelAdvisory, policies)
	})
}

// ask puts all questions about a stack.
func (e *engine) ask(t testing.TB, inputs []*pulumirpc.AnalyzeRequest, outputs []*pulumirpc.AnalyzerResource) {
	t.Helper()
	for _, input := range inputs {
		_, err := e.Remediate(t.Context(), input)
		require.NoError(t, err)
		_, err = e.Analyze(t.Context(), input)
		require.NoError(t, err)
	}
	_, err := e.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: outputs})
	require.NoError(t, err)
}

// plain starts as many policies on policyx as there are rules.
func plain(t testing.TB) *engine {
	t.Helper()
	e := startBinary(t, os.Args[0], asPolicyx+"=1")
	_, err := e.ConfigureStack(t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "prod", Project: "acme", DryRun: true})
	require.NoError(t, err)
	return e
}

// TestThePackIsFast holds the pack against as many policies on policyx that only read one property: how many times less it
// works, whatever the machine does meanwhile. The goal is 15 times; half of it fails. go test -v prints the figures.
func TestThePackIsFast(t *testing.T) {
	const resources, goal = 300, 15
	inputs, outputs := many(t, resources)
	work := func(e *engine) time.Duration {
		began := time.Now()
		e.ask(t, inputs, outputs)
		if used := processorTime(t, e.process.Process.Pid); used > 0 {
			return used
		}
		return time.Since(began)
	}
	pack := start(t)
	pack.configure(t, nil)
	ours, theirs := work(pack), work(plain(t))
	ratio := float64(theirs) / float64(ours)
	t.Logf("%d resources x %d rules: %d ms of a processor, %d MB; policyx %d ms: %.1f times less",
		resources, len(rules.All()), ours.Milliseconds(), memory(t, pack.process.Process.Pid), theirs.Milliseconds(), ratio)
	assert.Greater(t, ratio, goal/2.0)
}

// BenchmarkPack and BenchmarkPolicyx are the same resources through the same protocol.
func BenchmarkPack(b *testing.B) {
	benchmark(b, func(b *testing.B) *engine {
		e := start(b)
		e.configure(b, nil)
		return e
	}, 300, 3000)
}

// BenchmarkPolicyx takes its time: -benchtime 1x is enough.
func BenchmarkPolicyx(b *testing.B) {
	benchmark(b, func(b *testing.B) *engine { return plain(b) }, 300, 3000)
}

func benchmark(b *testing.B, begin func(*testing.B) *engine, sizes ...int) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("%d resources", n), func(b *testing.B) {
			inputs, outputs := many(b, n)
			e := begin(b)
			for b.Loop() {
				e.ask(b, inputs, outputs)
			}
			b.ReportMetric(float64(processorTime(b, e.process.Process.Pid).Milliseconds())/float64(b.N), "ms-cpu/op")
			b.ReportMetric(float64(memory(b, e.process.Process.Pid)), "MB")
			b.ReportMetric(float64(e.boot)/float64(time.Millisecond), "ms-boot")
		})
	}
}

// processorTime is what a process has used of processors so far, whatever else the machine did meanwhile; 0 where the
// system does not tell.
func processorTime(t testing.TB, pid int) time.Duration {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	// The second field, in parentheses, may have spaces.
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	var ticks time.Duration
	for _, field := range fields[11:13] { // user and system
		n, err := strconv.Atoi(field)
		require.NoError(t, err)
		ticks += time.Duration(n)
	}
	return ticks * time.Second / 100
}

// build makes the pack as make policy does.
func build(dir string) (string, error) {
	path := filepath.Join(dir, "pack")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
}
