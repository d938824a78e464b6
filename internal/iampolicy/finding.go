package iampolicy

// Finding is one statement that answers a question with yes, and the value in it that is the reason.
type Finding struct {
	// Statement is the index of the statement, Sid its Sid, which may be empty.
	Statement int
	Sid       string
	// Path leads to Value, such as Statement[0].Principal.
	Path string
	// Value is what was found there.
	Value string
	// Reason says in a sentence what the statement does.
	Reason string
	// Conditional says that the statement has conditions. The question considered those that it is about.
	Conditional bool
}

// findings collects answers.
type findings []Finding

func (f *findings) add(i int, s Statement, element, value, reason string) {
	*f = append(*f, Finding{Statement: i, Sid: s.Sid, Path: statementPath(i, element), Value: value, Reason: reason, Conditional: len(s.Conditions) > 0})
}

// each visits the statements with an effect.
func (d Document) each(effect Effect, visit func(int, Statement)) {
	for i, s := range d.Statements {
		if s.Effect == effect {
			visit(i, s)
		}
	}
}

// shownActions names what a statement is about in a sentence.
func (s Statement) shownActions() string {
	switch {
	case len(s.NotActions) > 0:
		return "everything but " + enumerate(s.NotActions)
	case len(s.Actions) == 1 && onlyStars(s.Actions[0]):
		return "everything"
	default:
		return enumerate(s.Actions)
	}
}

// enumerate shows the first few of a list.
func enumerate(values []string) string {
	const most = 3
	text := ""
	for i, v := range values {
		if i == most {
			return text + ", ..."
		}
		if i > 0 {
			text += ", "
		}
		text += v
	}
	return text
}
