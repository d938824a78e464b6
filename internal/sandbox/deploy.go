package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optrefresh"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

// StackOptions say which stack of which project the engine shall work on.
type StackOptions struct {
	// Engine and EngineVersion as in [Toolchain].
	Engine, EngineVersion string
	// Env is the engine's whole environment, see [EngineEnvironment].
	Env map[string]string
	// WorkDir holds Pulumi.yaml and Pulumi.<Name>.yaml.
	WorkDir string
	Name    string
	// Program is what the stack consists of; it runs in this process.
	Program pulumi.RunFunc
	// PolicyPacks are the packs, folders or built binaries, that check every preview and deployment.
	PolicyPacks []string
	// Log receives all that the engine writes; may be nil.
	Log io.Writer
	// Record is the file that names the engines at work, so that what a killed command leaves running can be ended; may
	// be empty.
	Record string
	// Events receives every event of the engine as a line of JSON; may be nil.
	Events io.Writer
}

// Stack is a stack that the engine can work on.
type Stack struct {
	auto    auto.Stack
	command *engineCommand
	name    string
	packs   []string
	events  io.Writer
}

// Outcome is what one run of the engine did.
type Outcome struct {
	// Changes has one entry per resource, in the order in which the engine came to them.
	Changes  []Change
	Failures []Failure
	Warnings []string
	// Advisories are what the policy pack found and let pass.
	Advisories []Advisory
	// Unchanged counts what stayed the same, the stack and its providers included: the engine tells no more of it.
	Unchanged int
	// Outputs of the stack; set by Up.
	Outputs map[string]Output
	Took    time.Duration
}

// Output is one output of a stack.
type Output struct {
	Value  any  `json:"value"`
	Secret bool `json:"secret,omitempty"`
}

// Count returns how many resources an operation was done to, without the stack and its providers.
func (o Outcome) Count(op Op) int {
	n := 0
	for _, c := range o.Changes {
		if c.Op == op && !infrastructure(c.Type) {
			n++
		}
	}
	return n
}

// Changed returns everything that did not stay the same, providers included, in order.
func (o Outcome) Changed() []Change {
	var changed []Change
	for _, c := range o.Changes {
		if c.Op != Same {
			changed = append(changed, c)
		}
	}
	return changed
}

// OpenStack selects a stack, creating it when it is new.
func OpenStack(ctx context.Context, o StackOptions) (*Stack, error) {
	command, err := newEngineCommand(o.Engine, o.EngineVersion, o.Env, o.Log, o.Record)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(backendDir(o.Env), 0o755); err != nil {
		return nil, err
	}
	ws, err := auto.NewLocalWorkspace(ctx, auto.WorkDir(o.WorkDir), auto.Program(o.program()), auto.Pulumi(command))
	if err != nil {
		return nil, err
	}
	s, err := auto.UpsertStack(ctx, o.Name, ws)
	if err != nil {
		return nil, engineProblem("opening stack "+o.Name, nil, err)
	}
	return &Stack{auto: s, command: command, name: o.Name, packs: o.PolicyPacks, events: o.Events}, nil
}

// program is the program with a context that says where AWS is: it runs in this process, and does not see the
// environment of the engine.
func (o StackOptions) program() pulumi.RunFunc {
	if o.Program == nil {
		return nil
	}
	options := rollout.Options{Endpoint: o.Env["AWS_ENDPOINT_URL"], Region: o.Env["AWS_REGION"]}
	if id := o.Env["AWS_ACCESS_KEY_ID"]; id != "" {
		options.Credentials = credentials.NewStaticCredentialsProvider(
			id, o.Env["AWS_SECRET_ACCESS_KEY"], o.Env["AWS_SESSION_TOKEN"])
	}
	return func(ctx *pulumi.Context) error { return o.Program(ctx.WithValue(rollout.OptionsKey, options)) }
}

// backendDir is the folder of the file backend; the engine wants it to exist.
func backendDir(env map[string]string) string {
	const scheme = "file://"
	return env["PULUMI_BACKEND_URL"][len(scheme):]
}

// Up brings the stack to what the program says. progress is told what is under way; it may be nil.
func (s *Stack) Up(ctx context.Context, progress func(string)) (Outcome, error) {
	var outputs auto.OutputMap
	out, err := s.run(ctx, "deploying", false, progress, func(events chan<- events.EngineEvent) error {
		res, err := s.auto.Up(ctx, optup.EventStreams(events), optup.Color("never"), optup.SuppressProgress(), optup.PolicyPacks(s.packs...))
		outputs = res.Outputs
		return err
	})
	out.Outputs = map[string]Output{}
	for name, value := range outputs {
		out.Outputs[name] = Output{Value: value.Value, Secret: value.Secret}
	}
	return out, err
}

// Preview tells what Up would do.
func (s *Stack) Preview(ctx context.Context, progress func(string)) (Outcome, error) {
	return s.run(ctx, "previewing", false, progress, func(events chan<- events.EngineEvent) error {
		_, err := s.auto.Preview(ctx, optpreview.EventStreams(events), optpreview.Color("never"), optpreview.SuppressProgress(),
			optpreview.PolicyPacks(s.packs...))
		return err
	})
}

// Refresh reads every resource back into the state. What differs comes as an update or a deletion.
// With clearPending, operations that a killed engine had begun are forgotten.
func (s *Stack) Refresh(ctx context.Context, clearPending bool, progress func(string)) (Outcome, error) {
	return s.run(ctx, "refreshing", true, progress, func(events chan<- events.EngineEvent) error {
		opts := []optrefresh.Option{
			optrefresh.EventStreams(events), optrefresh.Color("never"), optrefresh.SuppressProgress(),
		}
		if clearPending {
			opts = append(opts, optrefresh.ClearPendingCreates())
		}
		_, err := s.auto.Refresh(ctx, opts...)
		return err
	})
}

// Destroy deletes every resource of the stack; the empty stack stays.
func (s *Stack) Destroy(ctx context.Context, progress func(string)) (Outcome, error) {
	return s.run(ctx, "destroying", false, progress, func(events chan<- events.EngineEvent) error {
		_, err := s.auto.Destroy(ctx, optdestroy.EventStreams(events), optdestroy.Color("never"), optdestroy.SuppressProgress())
		return err
	})
}

// Cancel removes the locks that engines have left on the stack.
func (s *Stack) Cancel(ctx context.Context) error { return s.auto.Cancel(ctx) }

// run runs the engine with a collector on its events.
func (s *Stack) run(
	ctx context.Context, what string, refresh bool, progress func(string), do func(chan<- events.EngineEvent) error,
) (Outcome, error) {
	start := time.Now()
	stream, stop, drained := make(chan events.EngineEvent), make(chan struct{}), make(chan struct{})
	c := newCollector(refresh, progress)
	go func() {
		defer close(drained)
		for {
			select {
			case e, ok := <-stream:
				if !ok {
					return
				}
				c.take(e)
				if s.events != nil {
					if raw, err := json.Marshal(e.EngineEvent); err == nil {
						_, _ = s.events.Write(append(raw, '\n'))
					}
				}
			case <-stop:
				return
			}
		}
	}()
	err := do(stream)
	// All events have been handed over by now. The stream is closed too, unless the engine failed before it opened it.
	close(stop)
	<-drained
	out := Outcome{
		Changes: c.list(), Failures: specific(c.failures), Warnings: c.warnings, Advisories: c.advisories,
		Unchanged: c.summary["same"], Took: time.Since(start),
	}
	if err == nil {
		return out, nil
	}
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	if signal := s.command.endedBy(); signal != "" {
		return out, &Problem{
			Kind: KindDeploy, Err: err,
			What: fmt.Sprintf("%s stack %s: the engine ended before its work was done (%s)", what, s.name, signal),
			Fix:  []string{"run the same command again: it takes up where the engine was"},
		}
	}
	return out, engineProblem(what+" stack "+s.name, out.Failures, err)
}

// engineProblem turns the engine's failure into one with what matters: the failures it reported, else the end of what
// it wrote.
func engineProblem(what string, failures []Failure, err error) error {
	detail := describe(failures)
	if detail == "" {
		detail = lastLines(plain(engineSaid(err)), 8)
	}
	p := &Problem{Kind: KindDeploy, What: what + " failed", Detail: detail, Err: err}
	if auto.IsConcurrentUpdateError(err) {
		p.Kind = KindBusy
	}
	return p
}

// engineSaid is what the engine wrote on standard error, out of an error of the Automation API, which tells the exit code
// and standard output too.
func engineSaid(err error) string {
	text := err.Error()
	if _, said, ok := strings.Cut(text, "\nstderr: "); ok && strings.TrimSpace(said) != "" {
		return said
	}
	return text
}
