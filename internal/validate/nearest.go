package validate

import "strings"

// Nearest returns the candidate that was probably meant by value: the one with the fewest changed letters, if those are
// at most two, or a third of a longer word. Case does not count.
func Nearest(value string, candidates []string) (string, bool) {
	lower := []rune(strings.ToLower(value))
	limit := max(2, len(lower)/3)
	best, found := "", false
	for _, c := range candidates {
		if d := distance(lower, []rune(strings.ToLower(c))); d <= limit && d < len([]rune(c)) {
			best, found, limit = c, true, d-1
		}
	}
	return best, found
}

// distance is the Levenshtein distance.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		previous := row[0]
		row[0] = i + 1
		for j := range b {
			substitute := previous
			if a[i] != b[j] {
				substitute++
			}
			previous = row[j+1]
			row[j+1] = min(substitute, previous+1, row[j]+1)
		}
	}
	return row[len(b)]
}
