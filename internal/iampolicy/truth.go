package iampolicy

// truth is an answer that may depend on what is not known. Its order makes min the conjunction and max the disjunction.
type truth int

const (
	no truth = iota
	maybe
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t truth) not() truth { return yes - t }
