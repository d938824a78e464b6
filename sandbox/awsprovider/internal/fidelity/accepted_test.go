package fidelity

import (
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	accepted, err := parseAccepted(`
# One reason
# in two lines.
aws:a/b:B x missing
aws:w/*:* rules.**.deep missing

# Another one.
aws:a/b:B gone missing
`)
	if err != nil {
		t.Fatal(err)
	}
	if accepted[1].Reason != "One reason in two lines." || accepted[2].Reason != "Another one." {
		t.Errorf("reasons: %q, %q", accepted[1].Reason, accepted[2].Reason)
	}
	unknown, stale := Judge([]Difference{
		{"aws:a/b:B", "x", "missing"},
		{"aws:a/b:B", "x", "is string, official: integer"},
		{"aws:w/acl:Acl", "rules.one.two.deep", "missing"},
		{"aws:w/acl:Acl", "rules.deep", "missing"},
	}, accepted)
	if len(unknown) != 2 || unknown[0].What != "is string, official: integer" || unknown[1].Path != "rules.deep" {
		t.Errorf("unknown: %v", unknown)
	}
	if len(stale) != 1 || stale[0].Pattern != "aws:a/b:B gone missing" {
		t.Errorf("stale: %v", stale)
	}
}

func TestAcceptanceNeedsAReason(t *testing.T) {
	_, err := parseAccepted("aws:a/b:B x missing\n")
	if err == nil || !strings.Contains(err.Error(), "accepted.txt:1") {
		t.Errorf("error: %v", err)
	}
}

func TestAcceptedDifferencesCanBeRead(t *testing.T) {
	accepted, err := AcceptedDifferences()
	if err != nil {
		t.Fatal(err)
	}
	if len(accepted) == 0 {
		t.Error("accepted.txt holds nothing")
	}
}
