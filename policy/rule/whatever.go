package rule

// maxWays bounds how many times a rule is run again for one that ended early.
const maxWays = 16

// oracle answers questions about values that are not known yet, one way after the other.
//
// A rule reads its values in some order, and may meet one that is not known before those that decide. It is then run
// again with each answer that a question has (is it true, is it one of these, is it there at all): what it finds wrong
// every time is wrong whatever the value turns out to be. Answers that contradict each other make more ways than there
// are, never fewer.
type oracle struct {
	answers []bool
	asked   int
	// on is false while rules are run as usual: a question then ends the rule.
	on bool
}

// answer is the answer to the next question, and whether there is one.
func (o *oracle) answer() (yes, ok bool) {
	if o == nil || !o.on {
		return false, false
	}
	if o.asked == len(o.answers) {
		o.answers = append(o.answers, false)
	}
	yes = o.answers[o.asked]
	o.asked++
	return yes, true
}

// next turns to the next way; false after the last.
func (o *oracle) next() bool {
	for i := len(o.answers) - 1; i >= 0; i-- {
		if !o.answers[i] {
			o.answers = append(o.answers[:i], true)
			return true
		}
	}
	return false
}

// whatever is the outcome of a rule that ended early, from what it finds wrong in every way; nil when there is no such.
func (o *oracle) whatever(run func() Outcome) *Outcome {
	o.on, o.answers = true, nil
	defer func() { o.on = false }()
	var found []Finding
	for way := 0; ; way++ {
		o.asked = 0
		outcome := run()
		o.answers = o.answers[:o.asked]
		switch {
		case outcome.Verdict != Fail || way == maxWays:
			return nil
		case way == 0:
			found = outcome.Findings
		default:
			found = common(found, outcome.Findings)
		}
		if len(found) == 0 {
			return nil
		}
		if !o.next() {
			return &Outcome{Verdict: Fail, Findings: found}
		}
	}
}

// common are the findings that are in both lists.
func common(a, b []Finding) []Finding {
	in := make(map[Finding]bool, len(b))
	for _, f := range b {
		in[f] = true
	}
	var out []Finding
	for _, f := range a {
		if in[f] {
			out = append(out, f)
		}
	}
	return out
}

// maybe answers a question about a value that is not known yet, when a rule is run again for each answer.
func (v Value) maybe() (yes, ok bool) {
	if !v.unknown || v.doc == nil {
		return false, false
	}
	return v.doc.oracle.answer()
}
