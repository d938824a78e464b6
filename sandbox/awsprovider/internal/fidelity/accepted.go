package fidelity

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed accepted.txt
var acceptedText string

// Accepted is a difference that is known and has a reason.
type Accepted struct {
	Pattern string
	Reason  string
	matches *regexp.Regexp
}

// Matches tells whether the difference is the accepted one.
func (a *Accepted) Matches(d Difference) bool { return a.matches.MatchString(d.String()) }

// AcceptedDifferences reads accepted.txt: a line is a difference as Difference.String gives it, with * for any part of
// one name and ** for any path; comments say why, for all lines down to the next comment.
func AcceptedDifferences() ([]*Accepted, error) { return parseAccepted(acceptedText) }

func parseAccepted(text string) ([]*Accepted, error) {
	var list []*Accepted
	reason, fresh := "", true
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "#"):
			if fresh {
				reason, fresh = "", false
			}
			reason = strings.TrimSpace(reason + " " + strings.TrimSpace(line[1:]))
		case reason == "":
			return nil, fmt.Errorf("accepted.txt:%d: a difference without a reason: put a comment before it", number+1)
		default:
			fresh = true
			pattern := regexp.QuoteMeta(line)
			pattern = strings.ReplaceAll(pattern, `\*\*`, `\S*`)
			pattern = strings.ReplaceAll(pattern, `\*`, `[^.\s]*`)
			list = append(list, &Accepted{line, reason, regexp.MustCompile("^" + pattern + "$")})
		}
	}
	return list, nil
}

// Judge returns the differences that nothing accepts, and the acceptances that nothing needs any more.
func Judge(differences []Difference, accepted []*Accepted) (unknown []Difference, stale []*Accepted) {
	needed := map[*Accepted]bool{}
	for _, difference := range differences {
		known := false
		for _, a := range accepted {
			if a.Matches(difference) {
				needed[a], known = true, true
			}
		}
		if !known {
			unknown = append(unknown, difference)
		}
	}
	for _, a := range accepted {
		if !needed[a] {
			stale = append(stale, a)
		}
	}
	return unknown, stale
}
