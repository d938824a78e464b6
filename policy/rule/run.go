package rule

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

// Outcome is what a rule said about one resource, or about the stack.
type Outcome struct {
	Verdict Verdict
	// Findings are what is wrong; not empty exactly when the verdict is Fail.
	Findings []Finding
	// Reason says why the verdict is NotYetKnown or NotApplicable.
	Reason string
	// Panic is the defect of a rule that broke down: its verdict is NotApplicable. Stack is where.
	Panic any
	Stack []byte
}

// JudgeResource runs a resource rule. Params override the defaults; they are of the parameters' types.
func (r *Rule) JudgeResource(ctx *Context, params map[string]any, resource *Resource) Outcome {
	return judge(resource.Properties.doc.oracle, func() Outcome {
		f := &Findings{scope: scope{rule: r, ctx: ctx, params: params}}
		return f.run(func() { r.Resource(resource, f) })
	})
}

// JudgeStack runs a stack rule.
func (r *Rule) JudgeStack(params map[string]any, stack *Stack) Outcome {
	return judge(stack.oracle, func() Outcome {
		f := &Findings{scope: scope{rule: r, ctx: stack.ctx, params: params}, stack: stack}
		return f.run(func() { r.Stack(stack, f) })
	})
}

// judge runs a rule, and where it ended early finds out what is wrong all the same.
func judge(o *oracle, run func() Outcome) Outcome {
	outcome := run()
	if outcome.Verdict == NotYetKnown {
		if decided := o.whatever(run); decided != nil {
			return *decided
		}
	}
	return outcome
}

func (f *Findings) run(judge func()) (o Outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = Outcome{Verdict: NotApplicable, Reason: "the rule broke down", Panic: p, Stack: debug.Stack()}
		}
	}()
	f.guard(judge)
	return f.outcome()
}

func (f *Findings) outcome() Outcome {
	switch {
	case len(f.found) > 0:
		return Outcome{Verdict: Fail, Findings: f.found}
	case len(f.unknown) > 0:
		return Outcome{Verdict: NotYetKnown, Reason: f.unknownReason()}
	case f.reason != "":
		return Outcome{Verdict: NotApplicable, Reason: f.reason}
	case f.asked && !f.judged:
		return Outcome{Verdict: NotApplicable, Reason: cmp.Or(f.skipped, "the stack has no such resource")}
	}
	return Outcome{Verdict: Pass}
}

// unknownReason names the first property that is not known, and how many more there are.
func (f *Findings) unknownReason() string {
	first := f.unknown[0].at
	name := first.Path()
	if name == "" {
		name = "a property"
	}
	if r := first.Resource(); f.stack != nil && r != nil {
		name = r.Name + "." + name
	}
	name = clip(plain(name), maxPath)
	if more := len(f.unknown) - 1; more > 0 {
		return fmt.Sprintf("%s is not yet known, nor are %d more; judged again in the update", name, more)
	}
	return name + " is not yet known; judged again in the update"
}
