package deploypolicy

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Phase is what a deployment does when it makes a call.
type Phase string

// The phases. Preview, Unchanged and Refresh look at AWS only.
const (
	// Preview tells what an update would do.
	Preview Phase = "preview"
	// Up makes a stack.
	Up Phase = "up"
	// Unchanged is an update without any change.
	Unchanged Phase = "unchanged"
	// Refresh reads everything back.
	Refresh Phase = "refresh"
	// Update changes settings and tags, there and back.
	Update Phase = "update"
	// Destroy takes the stack down.
	Destroy Phase = "destroy"
)

// Phases lists the phases in the order of a stack's life.
func Phases() []Phase { return []Phase{Preview, Up, Unchanged, Refresh, Update, Destroy} }

// looks tells whether the phase changes nothing at AWS.
func (p Phase) looks() bool { return p == Preview || p == Unchanged || p == Refresh }

// Call is an operation that deployments of the project's stacks call.
type Call struct {
	// Service is AWS's name of its endpoint, such as elasticloadbalancingv2; Operation the API's.
	Service   string `json:"service"`
	Operation string `json:"operation"`
	// Phases are when it was seen.
	Phases []Phase `json:"phases"`
}

// String is the call as it is counted and shown: s3:PutBucketEncryption.
func (c Call) String() string { return c.Service + ":" + c.Operation }

// looks tells whether the call is made by phases that change nothing.
func (c Call) looks() bool {
	for _, p := range c.Phases {
		if p.looks() {
			return true
		}
	}
	return false
}

//go:embed calls.json
var recorded []byte

// evidence reads the embedded calls. They are part of the program: what is wrong with them is a bug.
var evidence = sync.OnceValue(func() []Call {
	var calls []Call
	if err := json.Unmarshal(recorded, &calls); err != nil {
		panic("deploypolicy: calls.json: " + err.Error())
	}
	return calls
})

// Calls are the operations that the sandbox has recorded, by service and operation.
func Calls() []Call { return slices.Clone(evidence()) }

// FormatCalls writes calls as JSON, one on each line.
func FormatCalls(calls []Call) []byte {
	var b bytes.Buffer
	b.WriteString("[")
	for i, call := range calls {
		raw, err := json.Marshal(call)
		if err != nil {
			panic(fmt.Sprintf("deploypolicy: %s: %v", call, err)) // strings only
		}
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  ")
		b.Write(raw)
	}
	b.WriteString("\n]\n")
	return b.Bytes()
}
