package agreement

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	trivychecks "github.com/aquasecurity/trivy-checks"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/policy/internal/example"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules"
)

const (
	namesFile    = "../../sandbox/awsprovider/internal/names/names.json"
	expectations = "testdata/disagreements.txt"
)

// TestAgreement compares each rule with each check that it names, over all examples of the check.
func TestAgreement(t *testing.T) {
	names, err := readTable(namesFile)
	require.NoError(t, err)
	checks, err := readChecks(trivychecks.EmbeddedPolicyFileSystem)
	require.NoError(t, err)
	byID := map[string]check{}
	for _, c := range checks {
		byID[c.ID] = c
	}

	var total totals
	found := map[string]string{} // what disagrees: check, rule and example, to what both say
	for _, r := range rules.All() {
		for _, id := range r.References.Trivy {
			c, ok := byID[id]
			if !ok || len(c.Good)+len(c.Bad) == 0 {
				found[id+" | "+r.ID+" | -"] = "they have no example"
				continue
			}
			total.checks++
			for kind, examples := range map[string][]string{"good": c.Good, "bad": c.Bad} {
				for i, source := range examples {
					total.examples++
					ours := verdict(r, source, names)
					if (kind == "bad") == (ours == "fail") && ours != unconverted {
						total.agreed++
						continue
					}
					theirs := map[string]string{"good": "pass", "bad": "fail"}[kind]
					found[fmt.Sprintf("%s | %s | %s %d", id, r.ID, kind, i+1)] = "they: " + theirs + ", we: " + ours
				}
			}
		}
	}
	t.Logf("%d pairs of check and rule, %d examples: %d agree, %d do not", total.checks, total.examples, total.agreed, total.examples-total.agreed)
	require.Greater(t, total.examples, 150, "the examples are found")

	listed := readDisagreements(t)
	for _, where := range slices.Sorted(maps.Keys(found)) {
		listing, ok := listed[where]
		assert.True(t, ok, "not listed in %s:\n%s | %s | why", expectations, where, found[where])
		assert.True(t, !ok || listing.says == found[where], "listed as %q: %s | %s", listing.says, where, found[where])
	}
	for _, where := range slices.Sorted(maps.Keys(listed)) {
		assert.Contains(t, found, where, "no longer so, take it out of %s", expectations)
		assert.Greater(t, len(listed[where].why), 10, "%s: a reason is missing", where)
	}
}

type totals struct{ checks, examples, agreed int }

const unconverted = "not converted"

// verdict is what a rule says about an example as a whole: pass, fail, not applicable or not yet known.
func verdict(r *rule.Rule, source string, names *table) string {
	built, err := convert(source, names)
	if err != nil {
		return unconverted
	}
	ctx := &rule.Context{Project: "acme", Stack: "prod", Profile: rule.Prod, Config: map[string]string{"aws:region": "eu-west-1"}, Today: time.Now()}
	if r.Stack != nil {
		return r.EvaluateStack(nil, rule.NewStack(ctx, resources(built.Outputs))).Verdict.String()
	}
	verdicts := map[rule.Verdict]bool{}
	for _, resource := range resources(built.Inputs) {
		if r.Looks(resource.Type) {
			verdicts[r.EvaluateResource(ctx, nil, resource).Verdict] = true
		}
	}
	for _, v := range []rule.Verdict{rule.Fail, rule.NotYetKnown, rule.Pass} {
		if verdicts[v] {
			return v.String()
		}
	}
	return rule.NotApplicable.String()
}

func convert(source string, names *table) (*example.Built, error) {
	p, err := parse(source, names)
	if err != nil {
		return nil, err
	}
	return p.stack()
}

func resources(raws []rule.Raw) []*rule.Resource {
	out := make([]*rule.Resource, len(raws))
	for i, raw := range raws {
		out[i] = rule.NewResource(raw)
	}
	return out
}

// disagreement is a line of the list.
type disagreement struct{ says, why string }

// readDisagreements reads the list: check | rule | example | what both say | why.
func readDisagreements(t *testing.T) map[string]disagreement {
	t.Helper()
	file, err := os.Open(expectations)
	require.NoError(t, err)
	defer file.Close()
	out := map[string]disagreement{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(line, " | ", 5)
		require.Len(t, parts, 5, "check | rule | example | what both say | why: %s", line)
		where := strings.Join(parts[:3], " | ")
		require.NotContains(t, out, where, "listed twice")
		out[where] = disagreement{parts[3], parts[4]}
	}
	require.NoError(t, lines.Err())
	return out
}
