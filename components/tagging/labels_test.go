package tagging_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

func labels() tagging.Labels {
	return tagging.Labels{
		Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
		DataClass: tagging.Confidential, Repository: "github.com/acme/infra", Extra: map[string]string{"Purpose": "recordings"},
	}
}

func TestTags(t *testing.T) {
	want := map[string]string{
		"Name": "audio", "Project": "acme-audio", "Environment": "prod", "Owner": "platform@acme.example", "CostCenter": "2000",
		"DataClass": "confidential", "Repository": "github.com/acme/infra", "ManagedBy": "bulwark", "Purpose": "recordings",
	}
	assert.Equal(t, want, labels().Map("audio"))
	assert.Equal(t, pulumi.ToStringMap(want), labels().Tags("audio"))
	assert.Empty(t, labels().Check("labels"))
	assert.Empty(t, componenttest.BadArgsFields(tagging.Labels{}))
}

func TestWithAndMergeChangeCopies(t *testing.T) {
	l := labels()
	more := l.With(map[string]string{"Purpose": "test", "Team": "a"})
	assert.Equal(t, map[string]string{"Purpose": "test", "Team": "a"}, more.Extra)

	merged := l.Merge(tagging.Labels{Environment: "dev", DataClass: tagging.Internal, Extra: map[string]string{"Team": "b"}})
	assert.Equal(t, "dev", merged.Environment)
	assert.Equal(t, tagging.Internal, merged.DataClass)
	assert.Equal(t, "acme-audio", merged.Project)
	assert.Equal(t, map[string]string{"Purpose": "recordings", "Team": "b"}, merged.Extra)

	assert.Equal(t, labels(), l, "the original stays")
}

func rules(ps validate.Problems) []string {
	var found []string
	for _, p := range ps {
		found = append(found, string(p.Path)+": "+p.Rule)
	}
	return found
}

func TestCheckReportsEverything(t *testing.T) {
	assert.Equal(t, []string{
		"labels.project: label-required", "labels.environment: label-required", "labels.owner: label-required",
		"labels.costCenter: label-required", "labels.repository: label-required", "labels.dataClass: label-required",
	}, rules(tagging.Labels{}.Check("labels")))

	bad := labels()
	bad.Project, bad.DataClass = strings.Repeat("x", 257), "top secret"
	bad.Extra = map[string]string{"aws:x": "", "name": "x", "Team": "a|b", "team": "c"}
	assert.Equal(t, []string{
		"labels.project: tag-value-length", "labels.dataClass: not-supported", `labels.extra["Team"]: tag-value-characters`,
		`labels.extra["aws:x"]: tag-key-reserved`, `labels.extra["team"]: tag-key-case`, `labels.extra["name"]: label-own-key`,
	}, rules(bad.Check("labels")))
}

func TestThereIsRoomForFiftyTags(t *testing.T) {
	l := labels()
	l.Extra = map[string]string{}
	for i := range 42 {
		l.Extra[fmt.Sprintf("k%02d", i)] = "v"
	}
	assert.Empty(t, l.Check("labels"))
	assert.Len(t, l.Map("audio"), 50)
	l.Extra["one-more"] = "v"
	assert.Equal(t, []string{"labels.extra: tag-count"}, rules(l.Check("labels")))
}

func ExampleLabels() {
	labels := tagging.Labels{
		Project:     "acme-audio",
		Environment: "prod",
		Owner:       "platform@acme.example",
		CostCenter:  "2000",
		DataClass:   tagging.Confidential,
		Repository:  "github.com/acme/infra",
	}
	tags := labels.With(map[string]string{"Purpose": "recordings"}).Map("audio")
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		fmt.Printf("%s=%s\n", key, tags[key])
	}
	// Output:
	// CostCenter=2000
	// DataClass=confidential
	// Environment=prod
	// ManagedBy=bulwark
	// Name=audio
	// Owner=platform@acme.example
	// Project=acme-audio
	// Purpose=recordings
	// Repository=github.com/acme/infra
}
