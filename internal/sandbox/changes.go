package sandbox

import (
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// Op is what happened to a resource.
type Op string

// The operations, each counted once per resource: a replacement is one thing, however many steps the engine takes.
const (
	Created  Op = "created"
	Updated  Op = "updated"
	Replaced Op = "replaced"
	Deleted  Op = "deleted"
	Same     Op = "same"
)

// Change is what happened, or in a preview would happen, to one resource.
type Change struct {
	URN  string `json:"urn"`
	Type string `json:"type"`
	Name string `json:"name"`
	Op   Op     `json:"op"`
	// Properties that differ; empty for created and deleted resources.
	Properties []PropertyChange `json:"properties,omitempty"`
	// Seconds that the operation took.
	Seconds float64 `json:"seconds,omitempty"`
}

// PropertyChange is one property that differs.
type PropertyChange struct {
	Path string `json:"path"`
	// Kind is the engine's: add, update, delete, each also as -replace.
	Kind string `json:"kind"`
	Old  any    `json:"old,omitempty"`
	New  any    `json:"new,omitempty"`
}

// String shows a change with all its properties, the way a failing test wants it.
func (c Change) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s\n    %s", c.Op, c.Type, c.Name, c.URN)
	for _, p := range c.Properties {
		fmt.Fprintf(&b, "\n    %s (%s): %s -> %s", p.Path, p.Kind, show(p.Old), show(p.New))
	}
	return b.String()
}

func show(v any) string {
	if v == nil {
		return "(none)"
	}
	text := fmt.Sprintf("%v", v)
	if s, ok := v.(string); ok {
		text = fmt.Sprintf("%q", s)
	}
	if len(text) > 300 {
		text = text[:300] + "..."
	}
	return text
}

// Failure is a resource that could not be brought to its state, or a program that failed.
type Failure struct {
	// URN is empty when no resource is to blame.
	URN     string `json:"urn,omitempty"`
	Type    string `json:"type,omitempty"`
	Name    string `json:"name,omitempty"`
	Message string `json:"message"`
}

// collector turns the engine's events into changes and failures. It is used by one goroutine.
type collector struct {
	changes  map[string]*Change
	order    []string
	began    map[string]time.Time
	running  map[string]string // urn -> what is done to it
	failures []Failure
	warnings []string
	// advisories are what the policy pack found and let pass.
	advisories []Advisory
	summary    map[string]int
	refresh    bool
	progress   func(text string)
	finished   int
	clock      func() time.Time
}

func newCollector(refresh bool, progress func(string)) *collector {
	return &collector{
		changes: map[string]*Change{}, began: map[string]time.Time{}, running: map[string]string{},
		refresh: refresh, progress: progress, clock: time.Now,
	}
}

func (c *collector) take(e events.EngineEvent) {
	switch {
	case e.Error != nil:
		c.failures = append(c.failures, Failure{Message: "the engine's events cannot be read: " + e.Error.Error()})
	case e.ResourcePreEvent != nil:
		c.begin(e.ResourcePreEvent.Metadata)
	case e.ResOutputsEvent != nil:
		c.end(e.ResOutputsEvent.Metadata)
	case e.ResOpFailedEvent != nil:
		delete(c.running, e.ResOpFailedEvent.Metadata.URN)
	case e.DiagnosticEvent != nil:
		c.diagnostic(*e.DiagnosticEvent)
	case e.PolicyEvent != nil:
		c.policy(*e.PolicyEvent)
	case e.ErrorEvent != nil:
		c.failures = append(c.failures, Failure{Message: e.ErrorEvent.Error})
	case e.SummaryEvent != nil:
		c.summary = map[string]int{}
		for op, n := range e.SummaryEvent.ResourceChanges {
			c.summary[string(op)] = n
		}
	}
}

// verbs are the steps that take time, as progress shows them.
var verbs = map[apitype.OpType]string{
	apitype.OpCreate: "creating", apitype.OpCreateReplacement: "replacing", apitype.OpUpdate: "updating",
	apitype.OpDelete: "deleting", apitype.OpDeleteReplaced: "deleting", apitype.OpRefresh: "reading",
	apitype.OpRead: "reading", apitype.OpImport: "importing",
}

func (c *collector) begin(m apitype.StepEventMetadata) {
	if verb := verbs[m.Op]; verb != "" && !infrastructure(m.Type) {
		c.began[m.URN] = c.clock()
		c.running[m.URN] = verb + " " + ShortType(m.Type) + " " + nameOf(m.URN)
		c.tell()
	}
	if op := opOf(m); op != Same && op != "" && !c.refresh {
		c.record(m, op)
	}
}

func (c *collector) end(m apitype.StepEventMetadata) {
	if _, ok := c.running[m.URN]; ok {
		delete(c.running, m.URN)
		c.finished++
		c.tell()
	}
	if op := opOf(m); op != "" {
		c.record(m, op)
	}
}

// tell shows what is under way: the operation that has been running longest, and how many more there are.
func (c *collector) tell() {
	if c.progress == nil {
		return
	}
	urns := make([]string, 0, len(c.running))
	for urn := range c.running {
		urns = append(urns, urn)
	}
	sort.Slice(urns, func(i, j int) bool { return c.began[urns[i]].Before(c.began[urns[j]]) })
	text := count(c.finished, "resource") + " done"
	if len(urns) > 0 {
		text += ", " + c.running[urns[0]]
	}
	if len(urns) > 1 {
		text += fmt.Sprintf(" and %d more", len(urns)-1)
	}
	c.progress(text)
}

// record notes what happened to a resource. Of several steps the strongest stays: a replacement is told as create,
// replace and delete, a refresh as a read followed by what it found.
func (c *collector) record(m apitype.StepEventMetadata, op Op) {
	ch := c.changes[m.URN]
	if ch == nil {
		ch = &Change{URN: m.URN, Type: m.Type, Name: nameOf(m.URN), Op: op}
		c.changes[m.URN] = ch
		c.order = append(c.order, m.URN)
	}
	if strength[op] >= strength[ch.Op] {
		ch.Op = op
	}
	if began, ok := c.began[m.URN]; ok {
		ch.Seconds = c.clock().Sub(began).Seconds()
	}
	if (op == Updated || op == Replaced) && m.Old != nil && m.New != nil {
		if props := propertyChanges(m, c.refresh); len(props) > 0 {
			ch.Properties = props
		}
	}
}

var strength = map[Op]int{Same: 0, Updated: 1, Deleted: 2, Created: 2, Replaced: 3}

func opOf(m apitype.StepEventMetadata) Op {
	switch m.Op {
	case apitype.OpSame:
		return Same
	case apitype.OpCreate, apitype.OpImport:
		return Created
	case apitype.OpUpdate:
		return Updated
	case apitype.OpDelete:
		return Deleted
	case apitype.OpReplace, apitype.OpCreateReplacement, apitype.OpDeleteReplaced, apitype.OpImportReplacement:
		return Replaced
	case apitype.OpRefresh:
		return refreshed(m)
	default:
		return ""
	}
}

// refreshed tells from the states before and after a refresh what it found.
func refreshed(m apitype.StepEventMetadata) Op {
	switch {
	case m.New == nil && m.Old != nil:
		return Deleted
	case m.Old == nil || m.New == nil:
		return Same
	case reflect.DeepEqual(m.Old.Outputs, m.New.Outputs) && reflect.DeepEqual(m.Old.Inputs, m.New.Inputs):
		return Same
	default:
		return Updated
	}
}

// propertyChanges lists what differs, with values: from the engine's detailed diff if there is one, else by comparing.
func propertyChanges(m apitype.StepEventMetadata, refresh bool) []PropertyChange {
	var changes []PropertyChange
	if !refresh {
		for path, diff := range m.DetailedDiff {
			changes = append(changes, PropertyChange{
				Path: path, Kind: string(diff.Kind), Old: lookup(m.Old.Outputs, path), New: lookup(m.New.Inputs, path),
			})
		}
		if len(changes) == 0 {
			for _, key := range m.Diffs {
				changes = append(changes, PropertyChange{Path: key, Kind: "update", Old: m.Old.Inputs[key], New: m.New.Inputs[key]})
			}
		}
	} else {
		changes = append(compare("outputs", m.Old.Outputs, m.New.Outputs), compare("inputs", m.Old.Inputs, m.New.Inputs)...)
	}
	slices.SortFunc(changes, func(a, b PropertyChange) int { return strings.Compare(a.Path, b.Path) })
	return changes
}

// compare lists the properties that differ between two states, down to single values.
func compare(path string, before, after any) []PropertyChange {
	if reflect.DeepEqual(before, after) {
		return nil
	}
	b, ok1 := before.(map[string]any)
	a, ok2 := after.(map[string]any)
	if ok1 && ok2 {
		var changes []PropertyChange
		for key := range b {
			changes = append(changes, compare(path+"."+key, b[key], a[key])...)
		}
		for key := range a {
			if _, ok := b[key]; !ok {
				changes = append(changes, compare(path+"."+key, nil, a[key])...)
			}
		}
		return changes
	}
	bl, ok1 := before.([]any)
	al, ok2 := after.([]any)
	if ok1 && ok2 && len(bl) == len(al) {
		var changes []PropertyChange
		for i := range bl {
			changes = append(changes, compare(fmt.Sprintf("%s[%d]", path, i), bl[i], al[i])...)
		}
		return changes
	}
	kind := "update"
	switch {
	case before == nil:
		kind = "add"
	case after == nil:
		kind = "delete"
	}
	return []PropertyChange{{Path: path, Kind: kind, Old: before, New: after}}
}

// lookup follows a property path like a.b[0].c; what cannot be followed is nil.
func lookup(at any, path string) any {
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		switch v := at.(type) {
		case map[string]any:
			at = v[strings.Trim(part, `"`)]
		case []any:
			var i int
			if _, err := fmt.Sscanf(part, "%d", &i); err != nil || i < 0 || i >= len(v) {
				return nil
			}
			at = v[i]
		default:
			return nil
		}
	}
	return at
}

// list returns the changes in the order in which they began.
func (c *collector) list() []Change {
	list := make([]Change, 0, len(c.order))
	for _, urn := range c.order {
		list = append(list, *c.changes[urn])
	}
	return list
}

// nameOf is the last part of a URN.
func nameOf(urn string) string {
	if i := strings.LastIndex(urn, "::"); i >= 0 {
		return urn[i+2:]
	}
	return urn
}

// typeOf is the type in a URN, without those of its parents.
func typeOf(urn string) string {
	parts := strings.Split(urn, "::")
	if len(parts) < 4 {
		return ""
	}
	types := strings.Split(parts[2], "$")
	return types[len(types)-1]
}

// ShortType drops the module's file name from a type token: aws:s3/bucketV2:BucketV2 is aws:s3:BucketV2.
func ShortType(token string) string {
	parts := strings.Split(token, ":")
	if len(parts) != 3 {
		return token
	}
	module, _, _ := strings.Cut(parts[1], "/")
	return parts[0] + ":" + module + ":" + parts[2]
}
