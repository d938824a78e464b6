package report

import (
	"encoding/json"
	"io"
)

// JSON writes the run, all of it.
func JSON(w io.Writer, run *Run) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		*Run
		Counts map[Status]int `json:"counts"`
	}{run, counts(run)})
}

func counts(run *Run) map[Status]int {
	out := map[Status]int{}
	for _, status := range statuses {
		out[status] = run.Count(status)
	}
	return out
}
