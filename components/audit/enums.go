package audit

// ObjectEvents says which calls on objects are recorded.
type ObjectEvents string

const (
	// ObjectEventsAll are reads and writes: the default.
	ObjectEventsAll ObjectEvents = "all"
	// ObjectEventsWrite leaves reads out, which are most calls of most buckets: nobody will know who read what.
	ObjectEventsWrite ObjectEvents = "write"
	// ObjectEventsRead leaves writes out.
	ObjectEventsRead ObjectEvents = "read"
)

// Values lists the choices.
func (ObjectEvents) Values() []ObjectEvents {
	return []ObjectEvents{ObjectEventsAll, ObjectEventsWrite, ObjectEventsRead}
}

// Insight is a kind of CloudTrail Insights: an event for each activity that is out of the ordinary. AWS bills each kind
// for every management event that it analyzes.
type Insight string

const (
	// InsightCallRate watches how often writing calls are made.
	InsightCallRate Insight = "ApiCallRateInsight"
	// InsightErrorRate watches how often calls fail, and with which error.
	InsightErrorRate Insight = "ApiErrorRateInsight"
)

// Values lists the kinds.
func (Insight) Values() []Insight { return []Insight{InsightCallRate, InsightErrorRate} }
