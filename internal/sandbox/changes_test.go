package sandbox

import (
	"errors"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	bucketURN = "urn:pulumi:dev::bulwark::bulwark:storage:Bucket$aws:s3/bucketV2:BucketV2::audio"
	keyURN    = "urn:pulumi:dev::bulwark::aws:kms/key:Key::audio-key"
)

// step is one step of the engine on a resource.
func step(op apitype.OpType, urn string, change ...func(*apitype.StepEventMetadata)) apitype.StepEventMetadata {
	m := apitype.StepEventMetadata{Op: op, URN: urn, Type: typeOf(urn)}
	for _, c := range change {
		c(&m)
	}
	return m
}

func pre(m apitype.StepEventMetadata) events.EngineEvent {
	return events.EngineEvent{EngineEvent: apitype.EngineEvent{ResourcePreEvent: &apitype.ResourcePreEvent{Metadata: m}}}
}

func outputs(m apitype.StepEventMetadata) events.EngineEvent {
	return events.EngineEvent{EngineEvent: apitype.EngineEvent{ResOutputsEvent: &apitype.ResOutputsEvent{Metadata: m}}}
}

// collect feeds events to a collector.
func collect(refresh bool, list ...events.EngineEvent) *collector {
	c := newCollector(refresh, nil)
	for _, e := range list {
		c.take(e)
	}
	return c
}

// state sets what a resource was and is.
func state(before, after map[string]any) func(*apitype.StepEventMetadata) {
	return func(m *apitype.StepEventMetadata) {
		if before != nil {
			m.Old = &apitype.StepEventStateMetadata{Inputs: before, Outputs: before}
		}
		if after != nil {
			m.New = &apitype.StepEventStateMetadata{Inputs: after, Outputs: after}
		}
	}
}

func TestCollectorCountsAResourceOnce(t *testing.T) {
	steps := func(ops ...apitype.OpType) (list []events.EngineEvent) {
		for _, op := range ops {
			list = append(list, pre(step(op, bucketURN)), outputs(step(op, bucketURN)))
		}
		return list
	}
	for name, test := range map[string]struct {
		events []events.EngineEvent
		want   Op
	}{
		"created":                   {steps(apitype.OpCreate), Created},
		"imported":                  {steps(apitype.OpImport), Created},
		"updated":                   {steps(apitype.OpUpdate), Updated},
		"deleted":                   {steps(apitype.OpDelete), Deleted},
		"same":                      {steps(apitype.OpSame), Same},
		"replaced before deletion":  {steps(apitype.OpCreateReplacement, apitype.OpReplace, apitype.OpDeleteReplaced), Replaced},
		"replaced after deletion":   {steps(apitype.OpDeleteReplaced, apitype.OpReplace, apitype.OpCreateReplacement), Replaced},
		"begun, and never finished": {steps(apitype.OpCreate)[:1], Created},
	} {
		t.Run(name, func(t *testing.T) {
			c := collect(false, test.events...)
			require.Len(t, c.list(), 1)
			got := c.list()[0]
			assert.Equal(t, test.want, got.Op)
			assert.Equal(t, "audio", got.Name)
			assert.Equal(t, "aws:s3/bucketV2:BucketV2", got.Type)
		})
	}
}

func TestOutcome(t *testing.T) {
	const stackURN, providerURN = "urn:pulumi:dev::bulwark::pulumi:pulumi:Stack::bulwark-dev", "urn:pulumi:dev::bulwark::pulumi:providers:aws::default"
	c := collect(false,
		outputs(step(apitype.OpCreate, stackURN)), outputs(step(apitype.OpCreate, providerURN)),
		outputs(step(apitype.OpCreate, keyURN)), outputs(step(apitype.OpSame, bucketURN)))
	out := Outcome{Changes: c.list()}
	assert.Equal(t, 1, out.Count(Created), "the stack and its providers are nothing that a program asked for")
	assert.Equal(t, 1, out.Count(Same))
	assert.Zero(t, out.Count(Deleted))
	assert.Len(t, out.Changed(), 3, "but they are told")
	assert.Equal(t, "1 created", Summary(out))
	assert.Equal(t, "no changes", Summary(Outcome{}))
	assert.Equal(t, "1 created, 2 updated, 1 replaced, 1 deleted",
		Summary(Outcome{Changes: []Change{{Op: Created}, {Op: Updated}, {Op: Updated}, {Op: Replaced}, {Op: Deleted}, {Op: Same}}}))
}

func TestCollectorNamesWhatDiffers(t *testing.T) {
	before := map[string]any{"bucket": "a", "tags": map[string]any{"Owner": "me"}, "rules": []any{map[string]any{"days": 1.0}}}
	after := map[string]any{"bucket": "a", "tags": map[string]any{"Owner": "you"}, "rules": []any{map[string]any{"days": 2.0}}}
	t.Run("by the engine's detailed difference", func(t *testing.T) {
		c := collect(false, outputs(step(apitype.OpUpdate, bucketURN, state(before, after), func(m *apitype.StepEventMetadata) {
			m.DetailedDiff = map[string]apitype.PropertyDiff{"tags.Owner": {Kind: "update"}, "rules[0].days": {Kind: "update"}, "gone[9].x": {Kind: "delete"}}
		})))
		assert.Equal(t, []PropertyChange{
			{Path: "gone[9].x", Kind: "delete"},
			{Path: "rules[0].days", Kind: "update", Old: 1.0, New: 2.0},
			{Path: "tags.Owner", Kind: "update", Old: "me", New: "you"},
		}, c.list()[0].Properties)
	})
	t.Run("by its list of names", func(t *testing.T) {
		c := collect(false, outputs(step(apitype.OpUpdate, bucketURN, state(before, after), func(m *apitype.StepEventMetadata) { m.Diffs = []string{"tags"} })))
		assert.Equal(t, []PropertyChange{{Path: "tags", Kind: "update", Old: before["tags"], New: after["tags"]}}, c.list()[0].Properties)
	})
	t.Run("in words", func(t *testing.T) {
		ch := Change{URN: bucketURN, Type: "aws:s3/bucketV2:BucketV2", Name: "audio", Op: Updated, Properties: []PropertyChange{
			{Path: "bucket", Kind: "update-replace", Old: "a", New: "b"}, {Path: "days", Kind: "add", New: 7}, {Path: "policy", Kind: "delete", Old: string(make([]byte, 500))},
		}}
		text := ch.String()
		assert.Contains(t, text, "updated aws:s3/bucketV2:BucketV2 audio\n    "+bucketURN)
		assert.Contains(t, text, "\n    bucket (update-replace): \"a\" -> \"b\"")
		assert.Contains(t, text, "\n    days (add): (none) -> 7")
		assert.Less(t, len(text), 800, "long values are cut")
	})
}

func TestCollectorOfARefresh(t *testing.T) {
	before := map[string]any{"a": 1.0, "list": []any{"x", "y"}, "longer": []any{"x"}}
	for name, test := range map[string]struct {
		before, after map[string]any
		want          Op
		properties    []PropertyChange
	}{
		"nothing": {before, before, Same, nil},
		"gone":    {before, nil, Deleted, nil},
		"a value": {before, map[string]any{"a": 2.0, "list": []any{"x", "z"}, "longer": []any{"x", "y"}, "new": true}, Updated, []PropertyChange{
			{Path: "inputs.a", Kind: "update", Old: 1.0, New: 2.0},
			{Path: "inputs.list[1]", Kind: "update", Old: "y", New: "z"},
			{Path: "inputs.longer", Kind: "update", Old: []any{"x"}, New: []any{"x", "y"}},
			{Path: "inputs.new", Kind: "add", New: true},
			{Path: "outputs.a", Kind: "update", Old: 1.0, New: 2.0},
			{Path: "outputs.list[1]", Kind: "update", Old: "y", New: "z"},
			{Path: "outputs.longer", Kind: "update", Old: []any{"x"}, New: []any{"x", "y"}},
			{Path: "outputs.new", Kind: "add", New: true},
		}},
		"a value less": {map[string]any{"a": 1.0}, map[string]any{}, Updated, []PropertyChange{
			{Path: "inputs.a", Kind: "delete", Old: 1.0}, {Path: "outputs.a", Kind: "delete", Old: 1.0},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			m := step(apitype.OpRefresh, bucketURN, state(test.before, test.after))
			c := collect(true, pre(step(apitype.OpRefresh, bucketURN)), outputs(m))
			require.Len(t, c.list(), 1)
			assert.Equal(t, test.want, c.list()[0].Op)
			assert.Equal(t, test.properties, c.list()[0].Properties)
		})
	}
}

func TestCollectorTellsWhatIsUnderWay(t *testing.T) {
	var told []string
	c := newCollector(false, func(text string) { told = append(told, text) })
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	c.clock = func() time.Time { at = at.Add(time.Second); return at }
	c.take(pre(step(apitype.OpCreate, bucketURN)))
	c.take(pre(step(apitype.OpDelete, keyURN)))
	c.take(pre(step(apitype.OpSame, "urn:pulumi:dev::bulwark::aws:sns/topic:Topic::quiet")))
	c.take(outputs(step(apitype.OpCreate, bucketURN)))
	c.take(outputs(step(apitype.OpDelete, keyURN)))
	assert.Equal(t, []string{
		"0 resources done, creating aws:s3:BucketV2 audio",
		"0 resources done, creating aws:s3:BucketV2 audio and 1 more",
		"1 resource done, deleting aws:kms:Key audio-key",
		"2 resources done",
	}, told)
	assert.Positive(t, c.list()[0].Seconds, "how long it took")
}

func TestCollectorKeepsFailures(t *testing.T) {
	c := collect(false,
		events.EngineEvent{Error: errors.New("unexpected end of JSON input")},
		events.EngineEvent{EngineEvent: apitype.EngineEvent{ErrorEvent: &apitype.ErrorEvent{Error: "engine panicked"}}},
		events.EngineEvent{EngineEvent: apitype.EngineEvent{SummaryEvent: &apitype.SummaryEvent{ResourceChanges: map[apitype.OpType]int{apitype.OpSame: 7}}}},
	)
	assert.Equal(t, []Failure{
		{Message: "the engine's events cannot be read: unexpected end of JSON input"}, {Message: "engine panicked"},
	}, c.failures)
	assert.Equal(t, 7, c.summary["same"])
}

func TestURNParts(t *testing.T) {
	assert.Equal(t, "aws:s3/bucketV2:BucketV2", typeOf(bucketURN), "without the types of the parents")
	assert.Equal(t, "audio", nameOf(bucketURN))
	assert.Empty(t, typeOf("no urn"))
	assert.Equal(t, "no urn", nameOf("no urn"))
	assert.Equal(t, "aws:s3:BucketV2", ShortType("aws:s3/bucketV2:BucketV2"))
	assert.Equal(t, "bulwark:storage:Bucket", ShortType("bulwark:storage:Bucket"))
	assert.Equal(t, "odd", ShortType("odd"))
}
