package sandbox

import "fmt"

// estimate is how long it takes to make a tool on an empty machine, in minutes.
type estimate struct{ from, to int }

func (e estimate) String() string { return fmt.Sprintf("%d to %d minutes", e.from, e.to) }

// The one place for what doctor and up say about builds. Measured on machines with two cores, from empty caches: the
// fastest one, and a slow one that had other work to do.
var (
	engineBuild   = estimate{2, 8}
	providerBuild = estimate{6, 13}
)
